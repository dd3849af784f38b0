"""The shifts of the till."""
