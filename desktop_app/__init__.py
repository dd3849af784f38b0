"""Clopos Desk: the back office of a restaurant on its own PC."""

__version__ = "0.1.0"
