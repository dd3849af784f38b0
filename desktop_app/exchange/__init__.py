"""Imports from and exports to other programs."""
