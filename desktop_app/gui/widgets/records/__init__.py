"""The table of records: columns, paged model, painting, copying."""
