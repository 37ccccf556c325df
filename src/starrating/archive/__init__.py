"""The archive room: review.zip as one byte string, written, read, verified, signed, slimmed (docs/audit.md)."""
