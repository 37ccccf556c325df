"""Clauses, items, sections and totals of all subjects at once (semantics.md steps 6 to 8)."""
