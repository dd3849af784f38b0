"""The customers screen: the list, one customer's card, the copy of their data."""
