"""What several tests share: a real PostgreSQL, the house rules, expected log records."""
