"""What the board agreed to hide, as numbers. Refuses nothing: the values are checked where the configuration is read."""

from collections.abc import Callable
from dataclasses import dataclass

from hscb_qa.definitions import Disclosure

Progress = Callable[[int, int], None]
"""Is told how many families of figures are done, of how many."""


def unheard(_done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Rule:
    """Counts from 1 to `threshold` are hidden, with `hide_zeros` from 0; so is a percentage of fewer than `small_base`.

    With `remainders` a percentage is hidden too where 1 to `threshold` of its denominator are not in its numerator.
    """

    threshold: int = 5
    small_base: int = 10
    hide_zeros: bool = False
    remainders: bool = False

    @classmethod
    def agreed(cls, disclosure: Disclosure) -> "Rule":
        """The rule as the board configured it."""
        return cls(disclosure.threshold, disclosure.small_base, disclosure.zeros == "hidden", disclosure.remainders)

    @property
    def low(self) -> int:
        """The least count that is hidden for its own sake."""
        return 0 if self.hide_zeros else 1
