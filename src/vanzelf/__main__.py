"""`python -m vanzelf`: the command line."""

from vanzelf.faces.cli.main import main

main(prog_name="vanzelf")
