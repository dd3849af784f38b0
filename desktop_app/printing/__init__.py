"""Documents as PDF: the text engine, the page layout, the writer."""
