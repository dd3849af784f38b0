"""Who buys: people and companies, how to reach them, what they agreed to."""
