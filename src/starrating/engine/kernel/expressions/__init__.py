"""What expressions come to over arrays of facts, the facts read twice split into cells (step 0)."""
