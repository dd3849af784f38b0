"""The gap radar."""
