"""The third schema: the restaurant's whole operational data, a module an area."""
