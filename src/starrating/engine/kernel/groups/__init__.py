"""Figures of several organisations over arrays: ranks, shares, subordinates, quotients (steps 4 and 5)."""
