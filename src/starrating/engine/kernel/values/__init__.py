"""What is known of n things at once: exact numbers, truths, texts and dates as arrays (step 0)."""
