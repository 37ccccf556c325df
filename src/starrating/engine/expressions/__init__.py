"""What expressions come to over facts of which not everything is known (steps 0 and 14)."""
