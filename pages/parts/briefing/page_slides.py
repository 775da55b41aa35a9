"""What pages show as slides, as searched and filtered: readings, charts, tables, maps, lists, claims; each a function View -> Slide.

Must not draw, nor read the address: slides are also made later, for other readers, in other threads.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from charts.clusters import MOST
from exports.slides import Map, Rows, Slide, Table, Text, line_of
from metrics.schema.release import cached_by_release
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import codes
from metrics.themes import contacts, exports_by, partners_by
from metrics.verification.claims import TELLING, Claim, Finding, counted, in_order, ledger
from pages.parts.city import relations
from pages.parts.cooperation_fund.path import assumption, path_figure
from pages.parts.elements.content import Figure, Headline, Nothing, Numbers, Part
from pages.parts.elements.key_figures import note_kinds
from pages.parts.elements.map import countries, drawn_by, drawn_map, map_dots, on_record, on_the_map, partners
from pages.parts.elements.row_text import with_headings
from pages.parts.elements.slide_pieces import Columns, chart, explanations, figure_slide, plain, slide, sources, twin
from pages.parts.partner_cities.partners import columns, countries_figure, first_signed, in_columns, list_title, matching_partners, ties
from pages.parts.peers.peers import Chosen, chosen_peers, cited_peers, misses
from pages.parts.peers.peers import drawn_map as peers_world
from pages.parts.peers.peers import headline as peers_headline
from pages.parts.peers.peers import map_dots as peer_dots
from pages.parts.peers.peers import map_title as peers_map_title
from pages.parts.policy_exports.exports import chosen_projects, cities_on_the_map, countries_on_the_map
from pages.parts.policy_exports.exports import drawn_map as export_world
from pages.parts.policy_exports.exports import map_dots as export_dots
from pages.parts.policy_exports.exports import map_title as export_title
from pages.parts.policy_exports.list import STATUSES, readable
from pages.parts.shell.selection import View, whole_within
from pages.parts.sources.claims import article, cited, formula, published_figure, recomputed, title, verdict
from pages.parts.sources.claims import headline as claims_headline
from pages.parts.sources.sources import ORDERS, matching_sources, resting

Maker = Callable[[View], Slide]
Indicators = tuple[str, ...] | Callable[[View], tuple[str, ...]]


def of_part(part: Callable[[View], Part], headline: Callable[[View], Headline] | None = None, columns: Columns = None) -> Maker:
    """A part of a page under its own headline or the page's; with `columns` a figure as a table."""
    return lambda view: slide(view, part(view) or Nothing("", *2 * (view.words.t("newest.none"),)), headline and headline(view), columns)


def of_register(part: Callable[[View], Figure | Nothing]) -> Maker:
    """A chart of a register, whose rows are in the notes."""

    def made(view: View) -> Slide:
        figure = part(view)
        if isinstance(figure, Nothing):
            return slide(view, figure)
        rows = tuple(map(line_of, twin(view, figure, "").rows))
        return replace(slide(view, figure), details=(Text(rows, view.words.t("present.all_rows"), listed=True),))

    return made


def of_numbers(headline: Callable[[View], Headline], indicators: Indicators) -> Maker:
    """Readings under their page's headline; `indicators` may depend on the view."""
    return of_part(lambda view: Numbers(indicators(view) if callable(indicators) else indicators), headline)


def of_series(figure: Callable[[View, tuple[str, ...]], Figure | Nothing]) -> Callable[..., Slide]:
    """A chart over time, with the notes chosen in the address."""

    def made(view: View, notes: str = "") -> Slide:
        return slide(view, figure(view, note_kinds(view, notes)))

    return made


def of_peers(part: Callable[[View, Chosen], Part]) -> Callable[..., Slide]:
    """A part of the page of peer cities, with the peers chosen in the address and the sources of their partners."""

    def made(view: View, peers: str = "") -> Slide:
        chosen = chosen_peers(view, peers)
        if not chosen:
            return slide(view, Nothing("", *2 * (view.words.t("peers.none"),)))
        return replace(slide(view, part(view, chosen)), explanations=(misses(view),), sources=sources(view, cited_peers(view, chosen)))

    return made


def peer_map(view: View, peers: str = "") -> Slide:
    """The map of the first peers and their partners."""
    chosen = chosen_peers(view, peers)
    head = plain(peers_headline(view, chosen).html)
    if not view.home or not chosen:
        return slide(view, Nothing("", head, view.words.t("map.no_home" if chosen else "peers.none")))
    world, alt = peers_world(view, chosen), view.words.t("peers.alt")
    piece = Map(head, peers_map_title(view, chosen), world, alt, tuple(peer_dots(view, chosen)), plain(drawn_by(view)))
    ids = [*cited_peers(view, chosen), *view.release.tables["territories"]["boundary_source_id"].head(1)]
    return Slide("", head, (piece,), explanations=(misses(view),), sources=sources(view, tuple(ids)))


def of_ties(figure: Callable[[View], Figure | Nothing]) -> Callable[[View], Slide]:
    """A chart of the documented ties under its finding, with the sources of the ties."""

    def made(view: View) -> Slide:
        ties_figure, rows = figure(view), ties(view)
        if not len(rows):
            return slide(view, Nothing(ties_figure.key, ties_figure.title, view.words.t("map.none")))
        if isinstance(ties_figure, Nothing):
            return slide(view, ties_figure)
        published = f"{chart(view, ties_figure).sourceline}. " if ties_figure.sources else ""
        piece = replace(chart(view, ties_figure), sourceline=published + ties_figure.behind.sources)
        return replace(figure_slide(view, ties_figure), pieces=(piece,), sources=sources(view, [*ties_figure.sources, *_most_used(rows)]))

    return made


def _most_used(rows) -> Iterable[str]:
    return rows["source_id"].value_counts(sort=True).index


def by_country(view: View) -> Slide:
    """The documented partners by country, as a table."""
    words, rows = view.words, ties(view)
    if not rows["certain"].any():
        return slide(view, Nothing("", words.t("map.none"), words.t("newest.none")))
    figure = countries_figure(view)
    behind = sources(view, _most_used(rows[rows["certain"]]))
    return replace(figure_slide(view, figure), pieces=(twin(view, figure, words.t("slide.by_country")),), sources=behind)


def fund_path(view: View, yearly: str = "", start: str = "", notes: str = "") -> Slide:
    return slide(view, path_figure(view, assumption(view, yearly, start), note_kinds(view, notes)))


def partner_map(view: View, until: str = "", country: str = "") -> Slide:
    """The map of partner cities: `until` keeps those certainly signed by the end of that year, `country` is the centre."""
    words, day = view.words, _until(view, until)
    rows, grouped = on_record(view, day), countries(view, day)
    sure = int(rows["certain"].sum())
    key = "partners.list" if first_signed(view.release, view.selection.as_of) is None else "partners.on_the_map"
    headline = words.n(key, sure, day=day or view.selection.as_of)
    measure = words.n("partners.perhaps_more", len(rows) - sure) if len(rows) > sure else ""
    if not view.home:
        return slide(view, Nothing("", headline, words.t("map.no_home")))
    chosen = partners(view, view.selection.as_of)
    own = chosen.loc[chosen["city_id"] == view.selection.city, "country_code"]
    world = drawn_map(view, day, next(iter(own), country))
    alt = words.n("slide.partner_map_alt", len(rows), city=view.home_name)
    piece = Map(headline, measure, world, alt, tuple(map_dots(view, day, grouped)), plain(drawn_by(view)))
    return _map_slide(view, piece, on_the_map(view, day), "partner_cities")


def _until(view: View, text: str) -> date | None:
    """The end of the chosen year; None where the as-of date applies."""
    first, last = first_signed(view.release, view.selection.as_of), view.selection.as_of.year
    year = whole_within(text, first, last, last) if first is not None else last
    return None if not text or year == last else date(year, 12, 31)


def export_map(view: View, country: str = "") -> Slide:
    """The map of policy exports, centred on `country` if there is one."""
    words, cities, grouped = view.words, cities_on_the_map(view), countries_on_the_map(view)
    if not view.home or not len(cities):
        return slide(view, Nothing("", export_title(view), words.t("exports.none")))
    rows = chosen_projects(view)
    own = cities.loc[cities["city_id"] == view.selection.city, "country_code"]
    world = export_world(view, view.selection.city if len(own) else "", next(iter(own), country))
    key = "slide.export_map_measure" if grouped is None else "slide.export_map_countries"
    measure = words.n(key, exports_by.without_city(view.release, rows))
    alt = words.n("slide.export_map_alt", len(cities), city=view.home_name)
    piece = Map(export_title(view), measure, world, alt, tuple(export_dots(view, grouped)), plain(drawn_by(view)))
    return _map_slide(view, piece, rows, "export_cities")


def _map_slide(view: View, piece: Map, rows, indicator: str) -> Slide:
    """A map under its title, with the sources of its rows and of the boundaries."""
    ids = [*_most_used(rows), *view.release.tables["territories"]["boundary_source_id"].head(1)]
    return Slide("", piece.title, (piece,), explanations=explanations(view, (indicator,)), sources=sources(view, ids))


PARTNERS = ("partner_city", "country", "tie", "signed")
PROJECTS = 5
"""The first columns of the list of projects that fit on a slide."""

Row = Sequence[str]


def partner_list(view: View, q: str = "", sort: str = "") -> Slide:
    listed = [column for column in PARTNERS if column in columns(view)]
    own, dated = sort in partners_by.ORDERS, "signed" in listed
    rows = matching_partners(view, q, sort if own else "since" if dated else "name")
    order = view.words.t("slide.oldest_first") if dated and not own else ""
    heads = tuple(view.words.of("column", column) for column in listed)
    lines = rows[listed].head(MOST).itertuples(index=False, name=None)
    return _listed(view, list_title(view, len(rows), q), heads, lines, rows["source_id"], lambda: in_columns(view, rows), order)


RELATIONS = {"met": ("last_contact", "standing"), "next": ("anniversary",)}
"""The columns of the list of relations that fit on a slide, by `relations.parts`."""


def relation_list(view: View, q: str = "", sort: str = "", state: str = "") -> Slide:
    """The relations that match the filters, under the headline of their page, with the sources of the last contacts."""
    rows = relations.matching(view, q, state, sort if sort in contacts.ORDERS else contacts.ORDERS[0])
    told = [column for part in relations.parts(view) for column in RELATIONS.get(part, ())]
    listed = ["partner_city", *(told or ("tie", "country"))]
    heads = tuple(view.words.of("column", column) for column in listed)
    lines = rows[listed].head(MOST).itertuples(index=False, name=None)
    whole = partial(with_headings, view, rows, relations.COLUMNS)
    return _listed(view, plain(relations.headline(view).html), heads, lines, rows["cited"], whole)


def project_list(view: View, q: str = "", sector: str = "", status: str = "") -> Slide:
    """The list of projects, counted or not, that match a search and two filters."""
    chosen = exports_by.chosen(
        chosen_projects(view), sector if sector in codes(view.release, "sectors") else "", status if status in STATUSES else ""
    )
    rows = exports_by.listed(exports_by.matching(view.release, chosen, q))
    lines = readable(view, rows.head(MOST)).iloc[:, :PROJECTS]
    head, cells = view.words.n("exports.list_title", len(rows)), lines.itertuples(index=False, name=None)
    return _listed(view, head, tuple(lines.columns), cells, rows["source_id"], partial(readable, view, rows))


def source_list(view: View, q: str = "", table: str = "", sort: str = "") -> Slide:
    """The list of sources that match a search and a table, each with its number of rows."""
    words, named = view.words, table if table in TABLES else ""
    rows = matching_sources(view, named, q, sort if sort in ORDERS else ORDERS[0])
    counts = resting(view.release)
    resting_on = {row.source_id: sum(counts.get(row.source_id, {}).values()) for row in rows[:MOST]}
    lines = [(row.title, row.publisher, words.edtf(row.published), words.number(resting_on[row.source_id])) for row in rows[:MOST]]
    heads = tuple(words.t(f"slide.{head}") for head in ("source", "publisher", "printed", "rests"))
    head = words.t("slide.sources_listed", n=len(rows), all=len(view.release.tables["sources"]))
    return _listed(view, head, heads, lines, [row.source_id for row in rows])


def _listed(view: View, head: str, heads: Row, rows, ids, whole: Rows | None = None, order: str = "") -> Slide:
    """A list with its title and the number of rows left out. `whole` gives the complete table, `order` says why these come first."""
    lines = tuple(tuple(str(cell) for cell in row) for row in rows)
    more = len(ids) - len(lines)
    if not lines:
        return Slide("", head, (Text((view.words.t("newest.none"),)),), empty=True)
    rest = ((view.words.t("partners.and_more", n=more), *[""] * (len(heads) - 1)),) if more > 0 else ()
    return Slide("", head, (Table(order, tuple(heads), lines + rest, whole),), sources=sources(view, tuple(dict.fromkeys(ids))[:MOST]))


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
    return Slide("claims", plain(claims_headline(view).html), pieces, explanations=meanings, sources=sources(view, articles))


def _named(view: View, claim: Claim) -> str:
    return f"{title(view, claim)} ({claim.id}, {article(view, claim.source_id)})"


def _verdict_heads(view: View) -> tuple[str, ...]:
    return tuple(view.words.t(f"claim.head_{name}") for name in ("published", "recomputed", "verdict"))


def _verdict_cells(view: View, finding: Finding) -> tuple[str, ...]:
    return published_figure(view, finding.claim), recomputed(view, finding), view.words.of("verdict", finding.verdict)


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
    return Slide("claim", head, (table, text), explanations=lines, sources=sources(view, cited(finding)))
