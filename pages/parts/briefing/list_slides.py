"""The lists of the pages as slides: partners, projects, sources, as searched and filtered; the ledger of claims and a single claim.

Must not draw, nor read the address.
"""

from collections.abc import Sequence
from functools import partial

from charts.clusters import MOST
from exports.slides import Rows, Slide, Table, Text
from metrics.schema.release import cached_by_release
from metrics.schema.tables import TABLES
from metrics.themes import exports_by, partners_by
from metrics.verification.claims import TELLING, Claim, Finding, counted, in_order, ledger
from pages.parts.elements.slide_pieces import plain, sources
from pages.parts.partner_cities.list import found, in_columns, list_title
from pages.parts.policy_exports.exports import shown_projects
from pages.parts.policy_exports.list import STATUSES, readable
from pages.parts.shell.selection import View
from pages.parts.sources.claims import headline
from pages.parts.sources.drawer import cited
from pages.parts.sources.sources import ORDERS, resting
from pages.parts.sources.sources import found as found_sources
from pages.parts.sources.words import article, formula, recomputed, said, title, verdict

PARTNERS = ("partner_city", "country", "tie", "signed")
PROJECTS = 5
"""The first columns of the list of projects that fit on a slide."""

Row = Sequence[str]


def partners(view: View, q: str = "", sort: str = "") -> Slide:
    """The list of partners that match a search."""
    rows = found(view, q, sort if sort in partners_by.ORDERS else "name")
    heads = tuple(view.words.of("column", column) for column in PARTNERS)
    lines = rows[list(PARTNERS)].head(MOST).itertuples(index=False, name=None)
    return _listed(view, list_title(view, len(rows), q), heads, lines, rows["source_id"], lambda: in_columns(view, rows))


def projects(view: View, q: str = "", sector: str = "", status: str = "") -> Slide:
    """The list of projects, counted or not, that match a search and two filters."""
    chosen = exports_by.chosen(shown_projects(view), sector if sector in exports_by.SECTORS else "", status if status in STATUSES else "")
    rows = exports_by.listed(exports_by.matching(view.release, chosen, q))
    lines = readable(view, rows.head(MOST)).iloc[:, :PROJECTS]
    head, cells = view.words.n("exports.list_title", len(rows)), lines.itertuples(index=False, name=None)
    return _listed(view, head, tuple(lines.columns), cells, rows["source_id"], partial(readable, view, rows))


def of_sources(view: View, q: str = "", table: str = "", sort: str = "") -> Slide:
    """The list of sources that match a search and a table, each with its number of rows."""
    words, named = view.words, table if table in TABLES else ""
    rows = found_sources(view, named, q, sort if sort in ORDERS else ORDERS[0])
    counts = resting(view.release)
    resting_on = {row.source_id: sum(counts.get(row.source_id, {}).values()) for row in rows[:MOST]}
    lines = [(row.title, row.publisher, words.edtf(row.published), words.number(resting_on[row.source_id])) for row in rows[:MOST]]
    heads = tuple(words.t(f"slide.{head}") for head in ("source", "publisher", "printed", "rests"))
    head = words.t("slide.sources_listed", n=len(rows), all=len(view.release.tables["sources"]))
    return _listed(view, head, heads, lines, [row.source_id for row in rows])


def _listed(view: View, head: str, heads: Row, rows, ids, whole: Rows | None = None) -> Slide:
    """A list with its title and the number of rows left out. `whole` gives the complete table."""
    lines = tuple(tuple(str(cell) for cell in row) for row in rows)
    more = len(ids) - len(lines)
    if not lines:
        return Slide("", head, (Text((view.words.t("newest.none"),)),))
    rest = ((view.words.t("partners.and_more", n=more), *[""] * (len(heads) - 1)),) if more > 0 else ()
    return Slide("", head, (Table("", tuple(heads), lines + rest, whole),), sources=sources(view, tuple(dict.fromkeys(ids))[:MOST]))


@cached_by_release()
def ledger_slide(view: View) -> Slide:
    """The claims by verdict, then each with the published and the recomputed value."""
    words, findings = view.words, ledger(view.release)
    many = tuple((words.of("verdict", name), words.number(n), words.of("verdict_means", name)) for name, n in counted(findings).items())
    rows = tuple((_named(view, finding.claim), *_verdict_cells(view, finding)) for finding in in_order(findings))
    whole = Table(words.t("claim.verdicts"), (words.t("claim.head_verdict"), words.t("claim.number"), words.t("claim.means")), many)
    meanings = tuple(f"{words.of('verdict', name)}: {words.of('verdict_means', name)}" for name in TELLING)
    pieces = (Table(words.t("page.claims"), (words.t("claim.head_said"), *_verdict_heads(view)), rows), whole)
    articles = tuple(finding.claim.source_id for finding in findings)
    return Slide("claims", plain(headline(view).html), pieces, told=meanings, sources=sources(view, articles))


def _named(view: View, claim: Claim) -> str:
    return f"{title(view, claim)} ({claim.id}, {article(view, claim.source_id)})"


def _verdict_heads(view: View) -> tuple[str, ...]:
    return tuple(view.words.t(f"claim.head_{name}") for name in ("published", "recomputed", "verdict"))


def _verdict_cells(view: View, finding: Finding) -> tuple[str, ...]:
    return said(view, finding.claim), recomputed(view, finding), view.words.of("verdict", finding.verdict)


@cached_by_release(128)
def claim_slide(view: View, claim: str = "") -> Slide:
    """A claim and its recomputed value, with the arithmetic; the first in order where the id is unknown."""
    findings = in_order(ledger(view.release))
    if not findings:
        return ledger_slide(view)
    finding = next((finding for finding in findings if finding.claim.id == claim), findings[0])
    words = view.words
    table = Table(words.t("page.claims"), _verdict_heads(view), (_verdict_cells(view, finding),))
    lines = tuple(formula(view, result) for result in (finding.result, *finding.others) if result)
    kind = f"{words.of('claim_kind', finding.claim.kind)}: {words.of('claim_kind_means', finding.claim.kind)}"
    text = Text((verdict(view, finding), *lines, kind), words.t("drawer.formula"))
    head = words.t("claim.slide", claim=title(view, finding.claim), verdict=words.of("verdict", finding.verdict))
    return Slide("claim", head, (table, text), told=lines, sources=sources(view, cited(finding)))
