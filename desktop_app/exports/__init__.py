"""Files for others: what was handed out, to whom, why, and until when."""
