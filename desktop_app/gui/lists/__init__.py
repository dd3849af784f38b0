"""The page of every list: a bar of filters, the table, and a line that counts and adds up."""
