"""Money: what came in and went out, by category, and what lies in the till and at the bank."""
