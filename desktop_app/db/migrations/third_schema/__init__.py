"""The steps of migration 0003, by area: the restaurant's operational data."""
