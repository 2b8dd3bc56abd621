"""One publisher a file: address, licence, lag, typed table, reader."""
