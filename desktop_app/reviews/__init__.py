"""Reviews of who has access: what people may do, what they used, and a signed decision."""
