"""What was sold, and the sums of it."""
