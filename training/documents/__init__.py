"""The documents a public body needs about a model, each written from its records and never by hand."""
