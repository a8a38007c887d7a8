"""`python -m hscb_qa`: the same commands as `hscb-qa`."""

from hscb_qa.cli import main

main()
