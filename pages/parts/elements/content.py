"""The parts of a page as plain values: figures, cards, lists, tables, text. Page, slide, paper and evidence pack render them.

Knows no Streamlit; texts are in the reader's language, and fields with HTML are documented as such.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from charts.theme import Drawing


@dataclass(frozen=True)
class Behind:
    """The rows that a figure counts, in place of an indicator's drawer: how many sources and rows, as text; `html` lists them."""

    sources: str
    rows: str
    html: Callable[[], str]


def _opened(title: str) -> str:
    """A title with a capital: a finding may begin with a figure that begins with "at least"."""
    return title[:1].upper() + title[1:]


@dataclass(frozen=True)
class Figure:
    """One chart of a page: `title` is its finding, `measure` what is drawn and in which unit, `twin` makes its table (a frame).

    `drawing` may be HTML, "" without anything to draw. `indicator` is that of its source drawer, "" for none. A source counts once.
    """

    key: str
    indicator: str
    title: str
    measure: str
    drawing: Drawing | str
    twin: Callable[[], object]
    sources: tuple[str, ...]
    behind: Behind | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "sources", tuple(dict.fromkeys(self.sources)))
        object.__setattr__(self, "title", _opened(self.title))


@dataclass(frozen=True)
class Nothing:
    """The placeholder of a part without rows: its title, a sentence, and a link to the page where rows are added."""

    key: str
    title: str
    sentence: str
    page: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", _opened(self.title))


@dataclass(frozen=True)
class Headline:
    """The headline sentence of a page, as HTML with its figures in bold."""

    html: str


@dataclass(frozen=True)
class Numbers:
    """Readings as cards, by indicator."""

    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """An entry of a list, as text.

    `lead` comes first, in bold, then `text`, and `quoted`, the English text of the source. `facts` are secondary words after it, `points`
    a row of short names (areas of cooperation), `marks` its standing in words, `note` a sentence; `sources` are ids.
    `accounts` are one per source. `kind` sets its style: a tie ("sister"), a standing ("aside", "announced"). `name` comes before
    everything else and links to `chosen`, parameters of the address.
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
    """A register as a list: `groups` are (title, items); `empty` is the sentence without items, `most` the items shown of a group.

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
        """The items of the first group, which count; other groups hold contradicting rows."""
        return self.groups[0][1]


@dataclass(frozen=True)
class Door:
    """A sentence with a date, both text, that links to a page with parameters of its own."""

    when: str
    text: str
    page: str
    parameters: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Doors:
    """A row of links under a title."""

    key: str
    title: str
    doors: tuple[Door, ...]


@dataclass(frozen=True)
class Html:
    """A part as HTML for pages only: marks and counts."""

    key: str
    html: str


Part = Headline | Numbers | Figure | Nothing | Listing | Doors | Html
