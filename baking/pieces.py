"""What a page of the static edition has beside the parts of live pages: maps with their list, tables, parts folded or side by side."""

from dataclasses import dataclass

from charts.map import World
from metrics.schema.names import Rows
from pages.parts.elements.content import Part


@dataclass(frozen=True)
class WorldMap:
    """A map: its text alternative, and what stands around it as HTML: the title over it, the list beside it, the legend beneath it.

    `world` is None for a city without a place; a `small` map is drawn once for every room.
    """

    key: str
    world: World | None
    alt: str
    title: str = ""
    beside: str = ""
    beneath: str = ""
    small: bool = False


@dataclass(frozen=True)
class Register:
    """A list as a table: its title as HTML, its rows under titles that a reader sees; `cities` are the dossiers that they lead to.

    `key` names its CSV.
    """

    key: str
    title: str
    rows: Rows
    cities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Folded:
    """Parts behind a title that opens them."""

    title: str
    parts: tuple["Piece", ...]


@dataclass(frozen=True)
class Beside:
    """Parts side by side, where there is room."""

    parts: tuple["Piece", ...]


Piece = Part | WorldMap | Register | Folded | Beside | None
