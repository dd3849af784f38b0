"""Finance: categories, balances, entries, cash flow."""
