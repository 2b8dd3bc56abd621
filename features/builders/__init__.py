"""One root cause a file: the functions that turn tables into features."""
