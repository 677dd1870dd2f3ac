"""`python -m console` is `meldkamer`."""

from console.cli import main

main()
