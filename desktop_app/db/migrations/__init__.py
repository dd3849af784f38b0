"""Numbered, forward-only schema changes. They define their own tables and import no slice."""
