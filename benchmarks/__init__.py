"""Measured speed: `python -m benchmarks` (see README.md)."""
