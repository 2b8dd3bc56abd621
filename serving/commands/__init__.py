"""One verb of the command line a file; each wires the packages below and holds no logic of its own."""
