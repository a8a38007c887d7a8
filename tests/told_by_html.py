"""HTML to chunks of text with what each is about: the indicators that it links to or that its card shows.

A list's item is one chunk, and so is each cell of a table with the head of its row, tooltips and all.
"""

import html
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from leaks import TOGETHER, Secrets, Series, Told, told_in_words

_BLOCKS = {"p", "li", "tr", "td", "th", "h1", "h2", "h3", "dt", "dd", "caption", "summary", "details", "ul", "ol", "section", "blockquote"}
_WHOLE = {"li", "td", "th"}
_TOLD_BY_POINTING = ("title", "aria-label", "alt", "placeholder")


class Chunk(NamedTuple):
    """A piece of text of a page, and the indicators it is about, each with the basis and the agency its link asks for."""

    words: str
    about: frozenset[tuple[str, str, str]]


def plain(words: str) -> str:
    """Words without their HTML."""
    return html.unescape(re.sub(r"<[^>]*>", " ", words))


class Reader(HTMLParser):
    """Takes HTML in with `feed` and gives `chunks`. `card` is the indicator whose card is open, `page` the one the whole page is about.

    Cells in columns of `others`, who are other places, are left out.
    """

    def __init__(self, others: Iterable[str], page: str = "") -> None:
        super().__init__()
        self.chunks: list[Chunk] = []
        self.card = self._page = page
        self._others = set(others)
        self._words: list[str] = []
        self._links: set[tuple[str, str, str]] = set()
        self._heads: list[str] = []
        self._row: list[str] = []
        self._whole: list[str] = []
        self._has_cells = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if (tag in _BLOCKS and not self._whole) or tag in _WHOLE:
            self._add(self._taken())
        if tag in _WHOLE:
            self._whole.append(tag)
        if tag in ("li", "tr"):
            self._links, self._row = set(), []
        if tag in ("h2", "h3"):
            self.card = given.get("id", self._page)
        links = _linked(given.get("href", ""))
        if self._whole[-1:] != ["td"]:
            self._links |= links
        self._add(" ".join([*self._row[:1], *(given[name] for name in _TOLD_BY_POINTING if given.get(name))]), links)

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._whole and tag in _BLOCKS and tag not in _WHOLE:
            self._words.append(". ")
        if tag in _WHOLE and self._whole:
            self._whole.pop()
            self._end_of_whole(tag, self._taken())
        elif tag in _BLOCKS and not self._whole:
            self._add(self._taken())
        if tag == "tr" and not self._has_cells:
            self._heads = self._row
        if tag in ("li", "tr"):
            self._links, self._row, self._has_cells = set(), [], False

    def close(self) -> None:
        super().close()
        self._add(self._taken())

    def _taken(self) -> str:
        words, self._words = " ".join("".join(self._words).split()), []
        return words

    def _end_of_whole(self, tag: str, words: str) -> None:
        if tag == "li":
            self._add(words)
            return
        self._row.append(words)
        self._has_cells |= tag == "td"
        column = self._heads[len(self._row) - 1] if len(self._row) <= len(self._heads) else ""
        if tag == "td" and column not in self._others:
            self._add(f"{self._row[0]}: {words}")

    def _add(self, words: str, links: Iterable[tuple[str, str, str]] = ()) -> None:
        if words:
            card = {(self.card, "", "")} if self.card else set()
            self.chunks.append(Chunk(words, frozenset(set(links) or self._links or card)))


def _linked(href: str) -> set[tuple[str, str, str]]:
    """The indicator that a link leads to, with the basis and the agency."""
    parts = urlsplit(href)
    asked = parse_qs(parts.query)
    return {
        (one, asked.get("basis", [""])[0], asked.get("agency", [""])[0]) for one in [*asked.get("indicator", []), parts.fragment] if one
    }


def told_by_html(place: str, body: str, secrets: Secrets, series: Series) -> Iterator[Told]:
    """What HTML about one series tells of it."""
    reader = Reader([*secrets.others, TOGETHER])
    reader.feed(body)
    reader.close()
    for chunk in reader.chunks:
        yield from told_in_words(place, chunk.words, [series], series, secrets)
