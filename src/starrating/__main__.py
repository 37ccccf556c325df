"""`python -m starrating`: the same as the command `starrating`."""

from starrating.cli import main

main()
