"""`python -m serving`: the command line, where the `resilience` script is not on the path."""

from serving.cli import main

main()
