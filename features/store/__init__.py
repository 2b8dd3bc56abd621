"""What was ingested, kept: files into parts, parts into a store that changes in one step or not at all."""
