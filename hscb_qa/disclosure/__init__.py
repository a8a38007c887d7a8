"""Disclosure control: the gate, which says what may be shown; and the attack, which tries to work out what it hid.

Both turn figures into linear equations. The gate looks for other counts that agree with all that is left shown; the attack, which refuses
to look at a hidden number, asks how far each hidden small count could range.
"""

from hscb_qa.disclosure.attacking import Breach, attack, attack_latest
from hscb_qa.disclosure.protection import SECONDARY, Protection, protect
from hscb_qa.disclosure.rule import Progress, Rule, unheard
from hscb_qa.disclosure.targets import small_in

__all__ = ["SECONDARY", "Breach", "Progress", "Protection", "Rule", "attack", "attack_latest", "protect", "small_in", "unheard"]
