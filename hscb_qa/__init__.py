"""The quality assurance framework of a safeguarding children board, worked out every quarter.

The parts, in the order in which data walk through them, are listed in `docs/architecture.md`.
"""
