"""The kernel: the meaning of the reference evaluator over arrays of whole integers."""
