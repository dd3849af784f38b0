"""Encrypted, incremental backups of the store's files. Knows bytes and pages, not restaurants."""
