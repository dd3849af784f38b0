"""Stock: storages, supplies, documents, counts, and what sales consume."""
