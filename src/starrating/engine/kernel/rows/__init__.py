"""Rows of all subjects as columns: what they mean, which a measure reaches, units and points (steps 1–4)."""
