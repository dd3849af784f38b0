"""Who may sign in, and what the trail says about them."""
