"""Looking through the store for what must not be in it."""
