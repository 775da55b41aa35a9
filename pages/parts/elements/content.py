"""What a part of a page says, as plain values: figures, cards, lists, tables, text. Page, slide, paper and evidence pack draw these.

Nothing here knows Streamlit; a text is in the reader's language, and what is HTML says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from charts.theme import Drawing


@dataclass(frozen=True)
class Figure:
    """One chart of a page: `title` is its finding, `measure` what is drawn and in which unit, `twin` makes its table (a frame).

    `indicator` is the one whose drawer it opens, "" for none.
    """

    key: str
    indicator: str
    title: str
    measure: str
    drawing: Drawing | str
    twin: Callable[[], object]
    sources: tuple[str, ...]

    def __post_init__(self) -> None:
        # A finding may begin with a figure that begins with "at least".
        object.__setattr__(self, "title", self.title[:1].upper() + self.title[1:])


@dataclass(frozen=True)
class Nothing:
    """What stands in the place of a part without rows: its title, a sentence, and the page that fills it, by the words of a link."""

    key: str
    title: str
    said: str
    page: str = ""
    link: str = ""


@dataclass(frozen=True)
class Headline:
    """The sentence at the head of a page, as HTML with its figures in bold."""

    html: str


@dataclass(frozen=True)
class Numbers:
    """Readings as cards, by indicator."""

    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """An entry of a list, as text.

    `lead` comes first, in bold, then `text`, and `quoted`, what the source says in English. `facts` are quiet words after it, `points`
    a row of short names (areas of cooperation), `marks` what has to be said of its standing, `note` a sentence; `sources` are ids.
    `accounts` are what each source tells of it. `kind` is how it is drawn: a tie ("sister"), a standing ("aside", "announced"). `name`
    stands before all and leads to `chosen`, a part of the address.
    """

    text: str
    lead: str = ""
    facts: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    quoted: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    accounts: tuple["Item", ...] = ()
    kind: str = ""
    name: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Listing:
    """A register as a list: `groups` are (title, items); `empty` is said without items, `most` items of a group are shown at first.

    `heads` names the fields of an item, in order, that a table shows as its columns, with the title of each; a slide draws that.
    """

    key: str
    title: str
    measure: str
    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    empty: str
    heads: Mapping[str, str] = field(default_factory=dict, hash=False)
    look: str = ""
    most: int = 100

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of the first group: what counts, where others only tell otherwise."""
        return self.groups[0][1]


@dataclass(frozen=True)
class Html:
    """A part that only a page draws, as HTML: marks and counts whose look is their message."""

    key: str
    html: str


Part = Headline | Numbers | Figure | Nothing | Listing | Html
