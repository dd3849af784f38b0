"""The screen of people, roles and rights."""
