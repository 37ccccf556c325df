"""The kernel: the meaning of a rulebook over whole-integer arrays, part by part (docs/kernel.md)."""
