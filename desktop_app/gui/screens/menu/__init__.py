"""The menu: the list, and one product in its place."""
