"""Documents on paper: a text engine, a tagged PDF writer and the documents built on them."""
