"""The first page: sales beside the period before, and what needs attention."""
