"""What a figure writes with the HTML that plotly knows (bold, size, colour, line break), as lines of runs. Draws nothing."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_REFUSED = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True)
class Run:
    """A piece of a line in one style; no size or colour means that of the whole text."""

    text: str
    bold: bool = False
    size: float | None = None
    colour: str | None = None


class _Reader(HTMLParser):
    """Collects lines of runs; a tag that it does not know changes nothing, as in plotly."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[Run]] = [[]]
        self._open: list[tuple[str, Run]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.lines.append([])
            return
        style = dict(part.split(":", 1) for part in (dict(attrs).get("style") or "").split(";") if ":" in part)
        before = self._style()
        size = float(style["font-size"].removesuffix("px")) if "font-size" in style else before.size
        self._open.append((tag, Run("", before.bold or tag == "b", size, style.get("color", before.colour))))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        style = self._style()
        self.lines[-1].append(Run(data, style.bold, style.size, style.colour))

    def _style(self) -> Run:
        return self._open[-1][1] if self._open else Run("")


def clean(text: str) -> str:
    """The text without letters that XML does not allow, its lines ended alike."""
    return _REFUSED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def read(text: str) -> list[list[Run]]:
    """The lines of a text as plotly takes it, entities resolved."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.lines
