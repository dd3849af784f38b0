"""One module for each version of each format; they share parts, never each other."""
