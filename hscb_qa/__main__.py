"""`python -m hscb_qa`: the same commands as `hscb-qa`."""

from hscb_qa.cli import main

if __name__ == "__main__":  # a worker process of the demo imports this too, and must not start it again
    main()
