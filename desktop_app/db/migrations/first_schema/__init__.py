"""The tables of migration 0001, as they were then; frozen."""
