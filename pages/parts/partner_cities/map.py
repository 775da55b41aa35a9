"""The map of partner cities through time: a year, and the partners that had certainly signed by its end."""

from datetime import date
from functools import lru_cache
from html import escape

from metrics.schema.release import Release
from metrics.themes.partners_by import first_year
from metrics.themes.partnerships import documented_partners
from pages.parts.elements.map import filtered, on_the_map, partners
from pages.parts.shell.selection import View


@lru_cache(maxsize=64)
def first_signed(release: Release, on: date) -> int | None:
    """The first year in which a partner had certainly signed."""
    return first_year(documented_partners(release, on))


@lru_cache(maxsize=64)
def title_html(view: View, until: date) -> str:
    """How many had certainly signed, and how many more may have."""
    words, many = view.words, len(on_the_map(view, until))
    perhaps = len(filtered(view, partners(view, until))) - many
    more = f'<div class="subtitle">{escape(words.n("partners.perhaps_more", perhaps))}</div>' if perhaps else ""
    return f'<h2 class="title">{escape(words.n("partners.on_the_map", many, day=until))}</h2>{more}'
