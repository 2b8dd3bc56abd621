"""Fetching is getting publishers' files and documents over the network, the one place of ours that uses it."""
