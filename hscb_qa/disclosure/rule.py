"""What the board agreed to hide, as numbers. Refuses nothing: the values are checked where the configuration is read."""

from dataclasses import dataclass

from hscb_qa.definitions import Disclosure


@dataclass(frozen=True)
class Rule:
    """Counts from 1 to `threshold` are hidden, with `hide_zeros` from 0; so is a percentage of fewer than `small_base`.

    With `remainders` a percentage is hidden too where 1 to `threshold` of its denominator are not in its numerator. `some_zeros` says that
    a zero may be hidden for another figure's sake, so that a reader does not know a hidden count to be one at least.
    """

    threshold: int = 5
    small_base: int = 10
    hide_zeros: bool = False
    remainders: bool = False
    some_zeros: bool = False

    @classmethod
    def agreed(cls, disclosure: Disclosure) -> "Rule":
        """The rule as the board configured it. Zeros are shown, but hidden among the parts of a breakdown and the quarters of a year."""
        return cls(disclosure.threshold, disclosure.small_base, some_zeros=True)

    @property
    def low(self) -> int:
        """The least count that is hidden for its own sake."""
        return 0 if self.hide_zeros else 1
