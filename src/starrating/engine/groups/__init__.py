"""Figures of several organisations: ranks, shares, subordinates, quotients of sums (steps 4 and 5)."""
