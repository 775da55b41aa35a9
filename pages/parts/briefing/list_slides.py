"""The lists of the pages as slides: partners, projects, sources, as searched and filtered. Must not read the address."""

from collections.abc import Sequence
from functools import partial

from charts.clusters import MOST
from exports.slides import Rows, Slide, Table, Text
from metrics.schema.tables import TABLES
from metrics.themes import exports_by, partners_by
from pages.parts.elements.slide_pieces import sources
from pages.parts.partner_cities.partners import in_columns, list_title, matching_partners
from pages.parts.policy_exports.exports import chosen_projects
from pages.parts.policy_exports.list import STATUSES, readable
from pages.parts.shell.selection import View
from pages.parts.sources.sources import ORDERS, matching_sources, resting

PARTNERS = ("partner_city", "country", "tie", "signed")
PROJECTS = 5
"""The first columns of the list of projects that fit on a slide."""

Row = Sequence[str]


def partners(view: View, q: str = "", sort: str = "") -> Slide:
    """The list of partners that match a search."""
    rows = matching_partners(view, q, sort if sort in partners_by.ORDERS else "name")
    title = list_title(view, len(rows), q)
    heads = tuple(view.words.of("column", column) for column in PARTNERS)
    lines = rows[list(PARTNERS)].head(MOST).itertuples(index=False, name=None)
    return _listed(view, title, heads, lines, rows["source_id"], lambda: in_columns(view, rows))


def projects(view: View, q: str = "", sector: str = "", status: str = "") -> Slide:
    """The list of projects, counted or not, that match a search and two filters."""
    chosen = exports_by.chosen(chosen_projects(view), sector if sector in exports_by.SECTORS else "", status if status in STATUSES else "")
    rows = exports_by.listed(exports_by.matching(view.release, chosen, q))
    lines = readable(view, rows.head(MOST)).iloc[:, :PROJECTS]
    title = view.words.n("exports.list_title", len(rows))
    whole = partial(readable, view, rows)
    return _listed(view, title, tuple(lines.columns), lines.itertuples(index=False, name=None), rows["source_id"], whole)


def of_sources(view: View, q: str = "", table: str = "", sort: str = "") -> Slide:
    """The list of sources that match a search and a table, each with its number of rows."""
    words, named = view.words, table if table in TABLES else ""
    rows = matching_sources(view, named, q, sort if sort in ORDERS else ORDERS[0])
    counts = resting(view.release)
    resting_on = {row.source_id: sum(counts.get(row.source_id, {}).values()) for row in rows[:MOST]}
    lines = [(row.title, row.publisher, words.edtf(row.published), words.number(resting_on[row.source_id])) for row in rows[:MOST]]
    heads = tuple(words.t(f"slide.{head}") for head in ("source", "publisher", "printed", "rests"))
    title = words.t("slide.sources_listed", n=len(rows), all=len(view.release.tables["sources"]))
    return _listed(view, title, heads, lines, [row.source_id for row in rows])


def _listed(view: View, title: str, heads: Row, rows, ids, whole: Rows | None = None) -> Slide:
    """A list with its title and the number of rows left out. `whole` gives the complete table."""
    lines = tuple(tuple(str(cell) for cell in row) for row in rows)
    more = len(ids) - len(lines)
    if not lines:
        return Slide("", title, (Text((view.words.t("newest.none"),)),))
    rest = ((view.words.t("partners.and_more", n=more), *[""] * (len(heads) - 1)),) if more > 0 else ()
    return Slide("", title, (Table("", tuple(heads), lines + rest, whole),), sources=sources(view, tuple(dict.fromkeys(ids))[:MOST]))
