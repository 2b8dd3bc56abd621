"""The quality of a store: what it covers, how old it is, what in it is unlikely, contradicts itself, or has changed."""
