"""Rectification: what is to be put right, by whom, until when, and how far it is (step 15)."""
