"""What each page of the static edition says, in order: the parts that the live page shows while nothing is chosen on it."""

from collections.abc import Callable, Iterable, Mapping
from html import escape

import pandas as pd

from baking.pieces import Beside, Folded, Piece, Register, WorldMap
from metrics.indicators.backtest import trials
from metrics.indicators.registry import readings
from metrics.themes import exports_by, peers
from metrics.verification.claims import in_order, ledger
from metrics.verification.evidence import cited, contradictions, undated_counts
from pages.parts.city import city, follow_through, relations
from pages.parts.city import lists as dossier_lists
from pages.parts.cooperation_fund import fund
from pages.parts.cooperation_fund.path import assumption, flows_figure, path_figure
from pages.parts.data_desk import stale
from pages.parts.elements import key_figures
from pages.parts.elements.content import Figure, Html, Nothing, Numbers
from pages.parts.elements.map import CityMap, certain, country_list, drawn_by, legend_html, partner_map
from pages.parts.elements.row_text import empty_html, sources_line, title_html, with_headings
from pages.parts.networks import lists as network_lists
from pages.parts.networks import networks
from pages.parts.overview import overview_text
from pages.parts.partner_cities import partners
from pages.parts.peers import peers as peer_page
from pages.parts.plan import plan
from pages.parts.policy_exports import exports
from pages.parts.policy_exports import list as project_list
from pages.parts.shell.navigation import is_offered
from pages.parts.shell.selection import View
from pages.parts.sources import claims, sources
from publishing.files.downloads import title as table_title

PACKAGE = "datapackage.zip"
Maker = Callable[[View], Iterable[Piece]]


def overview(view: View) -> Iterable[Piece]:
    """Headline, cards, map, what needs a decision, charts; folded the newest ties and projects, and every reading."""
    words = view.words
    yield from (overview_text.headline(view), overview_text.numbers(view), _of_cities(view, partner_map(view)))
    yield from (overview_text.settled_next(view), key_figures.growth(view))
    figures = {"policy_exports": key_figures.exports, "cooperation_fund": key_figures.fund}
    yield Beside(tuple(figure(view) for page, figure in figures.items() if is_offered(view.release, page)))
    title, lists = overview_text.newest(view)
    yield Folded(title, tuple(made(view) for made in lists)) if lists else None
    rows = [overview_text.reading_row(view, reading) for reading in readings(view.release, view.selection.as_of)]
    yield Folded(words.t("readings.title"), (Register("readings", "", with_headings(view, pd.DataFrame(rows))),))


def partner_cities(view: View) -> Iterable[Piece]:
    """Headline, cards, growth; the documented ties as charts, map and list."""
    words, on = view.words, view.selection.as_of
    yield from (partners.headline(view), Numbers(partners.readings(view)), Beside((key_figures.growth(view), partners.ends(view))))
    yield Html("", f'<h2 class="section">{escape(words.t("partners.documented"))}</h2>')
    dated = partners.first_signed(view.release, on) is not None
    yield Beside(partners.charts(view))
    yield Beside((partners.by_year(view), partners.without_year(view))) if dated else None
    yield _of_cities(view, partner_map(view), partners.map_heading(view, on))
    yield partners.countries_figure(view) if certain(view) > 1 else None
    rows = partners.matching_partners(view, "", "name")
    title = title_html(partners.list_title(view, len(rows), ""))
    yield Register("partner_cities", title, partners.in_columns(view, rows), tuple(rows["city_id"]))


def policy_exports(view: View) -> Iterable[Piece]:
    """Headline, cards, published totals; the documented projects as charts, map and list."""
    yield from (exports.headline(view), Numbers(exports.READINGS), Beside((exports.totals(view), exports.split(view))))
    rows = exports.chosen_projects(view)
    if not len(rows):
        yield exports.none_documented(view, "documented")
        return
    yield Beside((exports.by_year(view), exports.by_sector(view)))
    yield Beside((exports.by_region(view), exports.by_state(view), exports.not_counted(view)))
    yield _of_cities(view, exports.project_map(view, rows, ""), title_html(exports.map_title(view)))
    listed = exports_by.listed(rows)
    yield Register("policy_exports", project_list.heading_html(view, rows), project_list.readable(view, listed))


def cooperation_fund(view: View) -> Iterable[Piece]:
    """Headline, cards, path to the target, yearly flows, state, records, payments."""
    yield fund.headline(view)
    cards = (f'<div class="st-key-card-fund">{fund.fact_html(fact)}</div>' for fact in fund.fund_cards(view))
    yield Html("", f'<div class="cards">{"".join(cards)}</div>')
    yield path_figure(view, assumption(view, "", ""), ())
    yield flows if isinstance(flows := flows_figure(view), Figure) else None
    yield Beside((fund.state(view), fund.records(view)))
    yield Beside((fund.payments(view), fund.others(view)))


def networks_page(view: View) -> Iterable[Piece]:
    """Headline, cards, terms and members, organisations, events, prizes."""
    yield from (networks.headline(view), Numbers(networks.NUMBERS))
    if none := networks.nothing_at_all(view):
        yield none
        return
    yield from (networks.terms(view), networks.organisations(view), networks.members(view), networks.openings(view))
    yield Beside((network_lists.hosted(view), network_lists.event_list(view)))
    yield Beside((network_lists.organisation_list(view), network_lists.prizes(view)))


def plan_page(view: View) -> Iterable[Piece]:
    """Headline, outcomes of measures, cards, the board, open questions, the index of companionship."""
    yield plan.headline(view)
    measures = plan.glance(view)
    told = (measures,) if isinstance(measures, Nothing) else (plan.tiles(view), measures, Numbers(plan.NUMBERS), plan.board(view))
    yield from told if isinstance(measures, Nothing) else (*told, plan.open_questions(view))
    yield plan.companion(view)


def peers_page(view: View) -> Iterable[Piece]:
    """Headline, map of the first peers with every partner of theirs, overlap, published counts."""
    chosen = peer_page.chosen_peers(view, "")
    yield peer_page.headline(view, chosen)
    if not chosen or not peers.is_recorded(view.release):
        return
    yield Html("", f'<div class="subtitle">{escape(peer_page.misses(view))}</div>')
    legend, drawn = legend_html(view, peer_page.map_dots(view, chosen)), sources_line(view, peer_page.cited_peers(view, chosen))
    world = peer_page.drawn_map(view, chosen) if view.home else None
    beneath = f'<div class="legend">{legend}</div><div class="sourceline">{drawn}. {drawn_by(view)}</div>'
    yield WorldMap("peer-map", world, view.words.t("peers.alt"), title_html(peer_page.map_title(view, chosen)), "", beneath)
    yield Beside((peer_page.every_partner(view, chosen), peer_page.overlap(view, chosen)))
    yield peer_page.counts(view, chosen)


def cities(view: View) -> Iterable[Piece]:
    """Every relation by its last contact, what is pending with any city, and further figures."""
    yield relations.headline(view)
    rows = relations.matching(view, "", "", relations.orders(view)[0])
    body = relations.list_html(view, rows, {}) if len(rows) else empty_html(view.words.t("newest.none"))
    yield Html("city-relations", body)
    if pending := follow_through.pending(view):
        yield Folded(pending.title, (pending,))
    yield Folded(view.words.t("city.more_numbers"), (Numbers(follow_through.NUMBERS),))


def dossier(view: View) -> Iterable[Piece]:
    """The dossier of the chosen city."""
    yield from (city.headline(view), follow_through.answers(view))
    chosen = city.about(view)
    placed = view.home and chosen.row["lat"] == chosen.row["lat"]
    beneath = f'<div class="sourceline">{escape(view.words.t("city.disclaimer"))}</div>'
    title = title_html(chosen.name, city.place(view))
    yield Beside((city.figure(view), WorldMap("city-map", city.world(view) if placed else None, city.alt(view), title, "", beneath, True)))
    yield from dossier_lists.folded(view)
    yield dossier_lists.all_sources(view)


def sources_page(view: View) -> Iterable[Piece]:
    """Every source with what rests on it, undated counts, the backtest, contradictions."""
    words, release, lang = view.words, view.release, view.selection.lang
    yield sources.headline(view)
    read = cited(release, view.selection.as_of)
    rows = sources.matching_sources(view, "", "", sources.ORDERS[0])
    items = "".join(sources.source_html(view, row, "", read.get(row.source_id, ())) for row in rows)
    yield from (_downloads(view), Html("sources", f'{title_html(words.t("sources.list"))}<ul class="list">{items}</ul>'))
    if many := len(undated_counts(release)):
        title = title_html(words.n("sources.undated_counts", many), words.t("sources.undated_how"))
        yield Html("undated", f'{title}<ul class="list">{sources.undated_html(release, lang)}</ul>')
    yield Html("backtest", sources.trials_html(release, lang)) if trials(release) else None
    many = len(contradictions(release))
    facts = f'<div class="versus">{sources.facts_html(release, lang, "", many)}</div>'
    title = title_html(words.n("sources.conflicts", many), words.t("sources.conflicts_how"))
    yield Html("conflicts", title + (facts if many else empty_html(words.t("sources.no_conflict"))))


def _downloads(view: View) -> Html:
    """Every table as a file, and all of them in one."""
    words, lang = view.words, view.selection.lang
    tables = "".join(
        f'<li><a href="tables/{name}.csv" download>{escape(table_title(name, lang))}</a> '
        f"<small>{escape(words.n('count.rows', len(rows)))}</small></li>"
        for name, rows in view.release.tables.items()
        if len(rows)
    )
    whole = f'<p><a href="../{PACKAGE}" download>{escape(words.t("sources.package"))}</a></p>'
    return Html("downloads", f'{title_html(words.t("sources.downloads"))}{whole}<ul class="countries">{tables}</ul>')


def claims_page(view: View) -> Iterable[Piece]:
    """Every claim with its verdict, then each in full behind its title."""
    yield from (claims.headline(view), claims.verdicts(view))
    findings = in_order(ledger(view.release))
    if not findings:
        return
    yield Html("claims", claims.claims_html(view, findings, ()))
    for finding in findings:
        body = f'<div class="drawer claim" id="claim-{escape(finding.claim.id)}">{claims.claim_html(view, finding)}</div>'
        yield Folded(f"{finding.claim.id} {claims.title(view, finding.claim)}", (Html("", body),))


def stale_page(view: View) -> Iterable[Piece]:
    """The indicators by the age of their last observation."""
    yield from (stale.headline(view), stale.states(view))
    yield Html("stale", stale.list_html(view, ()))


def _of_cities(view: View, part: CityMap, title: str = "") -> WorldMap:
    """A map of cities with its list and its legend."""
    if part.countries is not None:
        beside = country_list(view, part.countries, part.lists[1])
    elif items := part.items(""):
        beside = f'<div class="subtitle">{escape(part.lists[0])}</div><ul class="{part.look} doors">{"".join(items)}</ul>'
    else:
        beside = empty_html(part.empty)
    beneath = f'<div class="legend">{legend_html(view, part.dots)}</div><div class="sourceline">{drawn_by(view)}</div>'
    return WorldMap(part.key, part.drawn("") if view.home else None, part.alt, title, beside, beneath)


PAGES: Mapping[str, Maker] = {
    "overview": overview,
    "city": cities,
    "partner_cities": partner_cities,
    "policy_exports": policy_exports,
    "cooperation_fund": cooperation_fund,
    "plan": plan_page,
    "networks": networks_page,
    "peers": peers_page,
    "sources": sources_page,
    "claims": claims_page,
    "stale": stale_page,
}
"""The pages of the menu that say something about the record, by name; the briefing, the releases and the data desk need a server."""
