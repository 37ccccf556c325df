"""Rows of sheets: which a measure reaches, what is read of one, which units and points they serve (steps 1–4)."""
