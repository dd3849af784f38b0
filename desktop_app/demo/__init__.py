"""A believable year of one restaurant in Baku, for looking around without own data."""
