"""Speed and memory, each beside its peer in the same run."""
