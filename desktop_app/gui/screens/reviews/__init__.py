"""Reviews of who has access."""
