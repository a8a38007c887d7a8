"""Disclosure control: the gate, which says what may be shown; and the attack, which tries to work out what it hid.

The attack turns what is shown into linear equations and asks how far each hidden small count could range. It refuses to look at a hidden
number.
"""

from hscb_qa.disclosure.attacking import Breach, attack, attack_latest
from hscb_qa.disclosure.gate import suppress_cells, suppress_grid
from hscb_qa.disclosure.rule import Rule
from hscb_qa.disclosure.targets import small_in

__all__ = ["Breach", "Rule", "attack", "attack_latest", "small_in", "suppress_cells", "suppress_grid"]
