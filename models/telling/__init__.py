"""Telling puts reasons in words: beside what, in which section, and with what is not known."""
