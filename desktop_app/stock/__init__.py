"""Storages, suppliers, and how stock moves: supplies, sales, write-offs, production, counts."""
