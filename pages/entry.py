"""Entering what the Board learned: a form for each kind of entry, and what waits for approval."""

from hscb_qa.ledger import is_illustrative, store_folder
from hscb_qa.screen import entry, entry_who, frame, record, store, uploads

edition = store.shown_edition()
reading = record.latest_reading(store_folder())
below = "Everything entered is kept, with its author and time; a change is a new event beside the old one."
frame.draw_heading(edition, "Enter and approve", "Learning and improvement", below)
if uploads.takes_returns(is_illustrative(store_folder())):
    who, offered = entry_who.draw_who(), entry.read_choices(reading.as_of.date())
    entry.draw_entry(who, offered)
    entry.draw_waiting(who, offered)
else:
    entry.draw_closed()
