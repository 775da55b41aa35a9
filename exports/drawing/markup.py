"""What a figure writes with the HTML that plotly knows (bold, size, colour, line break), as lines of runs. Draws nothing."""

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser

_REFUSED = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True)
class Run:
    """A piece of text in one look: `size` in pixels, `colour` as `#RRGGBB` or the name of a theme's; 0 and "": that of the whole text.

    `field` is filled in by Office (slidenum).
    """

    text: str
    size: float = 0
    colour: str = ""
    bold: bool = False
    field: str = ""


Lines = list[list[Run]]
"""Lines or paragraphs, each of its runs."""


class _Reader(HTMLParser):
    """Collects lines of runs; a tag that it does not know changes nothing, as in plotly."""

    def __init__(self, plain: Run, scale: float) -> None:
        super().__init__()
        self.lines: Lines = [[]]
        self._open, self._scale = [("", plain)], scale

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.lines.append([])
            return
        style = dict(part.split(":", 1) for part in (dict(attrs).get("style") or "").split(";") if ":" in part)
        look = self._open[-1][1]
        size = float(style["font-size"].removesuffix("px")) * self._scale if "font-size" in style else look.size
        self._open.append((tag, replace(look, size=size, colour=style.get("color", look.colour), bold=look.bold or tag == "b")))

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.lines[-1].append(replace(self._open[-1][1], text=data))


def clean(text: str) -> str:
    """The text without letters that XML does not allow, its lines ended alike."""
    return _REFUSED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def read(text: str, plain: Run = Run(""), scale: float = 1) -> Lines:
    """The lines of a text as plotly takes it, entities resolved, in the look of `plain` but for its own; its own sizes grow by `scale`."""
    reader = _Reader(plain, scale)
    reader.feed(text)
    reader.close()
    return reader.lines
