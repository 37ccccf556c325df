"""What people add to a review: corrections, objections, decisions (step 16)."""
