"""The registry of slides, and the slides of an outline. Slides are made by the modules of their pages.

To add one: a function View -> Slide, its line in PAGES, its name `slide.PAGE.NAME` in locale/.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from exports.slides import Slide
from metrics.schema.release import cached_by_release
from pages.parts.briefing import city_slides, claims_slides, list_slides
from pages.parts.briefing.briefing_slides import city_in_short, closing, of_city, title, with_sources
from pages.parts.briefing.page_slides import (
    by_country,
    export_map,
    fund_path,
    of_numbers,
    of_part,
    of_series,
    of_ties,
    partner_map,
)
from pages.parts.cooperation_fund import fund
from pages.parts.cooperation_fund import records as fund_records
from pages.parts.cooperation_fund.path import STARTS, flows_figure
from pages.parts.elements import key_figures
from pages.parts.networks import lists as network_lists
from pages.parts.networks import networks
from pages.parts.overview import overview_text
from pages.parts.partner_cities import partners, ties
from pages.parts.plan import plan
from pages.parts.policy_exports import exports
from pages.parts.shell.navigation import is_offered
from pages.parts.shell.selection import Selection, View, city_ids, parse
from publishing.desk.briefings import CLOSING, Outline, Wanted

TIES, CITY, NOTES = ("types", "regions"), ("city",), ("notes",)
MAP = (*TIES, "city", "country")
OWN = {
    "until": "[0-9]{1,4}",
    "country": "[A-Z]{2}",
    "yearly": "[0-9]{1,15}",
    "start": "|".join(STARTS),
    "q": ".{1,200}",
    "notes": "[a-z_,]{1,200}",
    "claim": "[A-Za-z0-9_-]{1,40}",
    **dict.fromkeys(("sort", "sector", "status", "table"), "[a-z_]{1,40}"),
}
"""Query parameters used on a single page, with their pattern; makers get them as keyword arguments."""
FUND = ("fund_balance", "fund_share_of_target")


@dataclass(frozen=True)
class Kind:
    """A kind of slide: maker, icon, page ("" for none).

    `parts` are the query parameters that change it, besides date, language and release.
    """

    make: Callable[..., Slide]
    icon: str
    page: str = ""
    parts: tuple[str, ...] = ()


BRIEFING = {
    "title": Kind(title, "title", "", ("city",)),
    "readings": Kind(of_numbers(overview_text.headline, overview_text.HEADLINES), "grid_view", "overview"),
    "map": Kind(partner_map, "public", "overview", MAP),
    "growth": Kind(of_series(key_figures.growth), "trending_up", "overview", NOTES),
    "exports": Kind(of_series(key_figures.exports), "outbox", "overview", NOTES),
    "fund": Kind(of_series(key_figures.fund), "savings", "overview", NOTES),
    "city": Kind(of_city(city_in_short), "location_city", "", CITY),
    CLOSING: Kind(closing, "fact_check"),
}
"""The kinds without a page in their name: of the briefing itself and of the first page."""

PAGES = {
    "partner_cities": (
        ("readings", of_numbers(partners.headline, partners.readings), "grid_view", ()),
        ("growth", of_series(key_figures.growth), "trending_up", NOTES),
        ("by-type", of_ties(ties.by_type), "bar_chart", TIES),
        ("by-region", of_ties(ties.by_region), "bar_chart", TIES),
        ("by-decade", of_ties(ties.by_decade), "bar_chart", TIES),
        ("by-year", of_ties(ties.by_year), "bar_chart", TIES),
        ("map", partner_map, "public", (*MAP, "until")),
        ("by-country", by_country, "table_rows", TIES),
        ("list", list_slides.partners, "list", (*TIES, "q", "sort")),
    ),
    "policy_exports": (
        ("readings", of_numbers(exports.headline, exports.READINGS), "grid_view", ()),
        ("totals", of_part(exports.totals), "trending_up", ()),
        ("split", of_part(exports.split), "bar_chart", ()),
        ("years", of_part(exports.by_year), "bar_chart", ("regions",)),
        ("sectors", of_part(exports.by_sector), "bar_chart", ("regions",)),
        ("regions", of_part(exports.by_region), "bar_chart", ("regions",)),
        ("states", of_part(exports.by_state), "bar_chart", ("regions",)),
        ("uncounted", of_part(exports.not_counted), "bar_chart", ("regions",)),
        ("map", export_map, "public", ("regions", "city", "country")),
        ("list", list_slides.projects, "list", ("regions", "q", "sector", "status")),
    ),
    "cooperation_fund": (
        ("readings", of_numbers(fund.headline, FUND), "grid_view", ()),
        ("fund-path", fund_path, "savings", ("yearly", "start", *NOTES)),
        ("fund-flows", of_part(flows_figure), "bar_chart", ()),
        ("payments", of_part(fund_records.payments), "table_rows", ()),
    ),
    "city": (
        ("agreements", of_city(city_slides.agreements), "handshake", CITY),
        ("contacts", of_city(city_slides.met), "forum", CITY),
        ("ahead", of_city(city_slides.ahead), "event", CITY),
    ),
    "plan": (
        ("readings", of_numbers(plan.headline, plan.NUMBERS), "grid_view", ()),
        ("outcomes", of_part(plan.glance, plan.headline), "checklist", ()),
        ("measures", of_part(plan.glance, columns=("direction", "measure", "due", "outcome", "last_known")), "table_rows", ()),
        ("index", of_part(plan.companion), "bar_chart", ()),
    ),
    "networks": (
        # A table, since a chart with a row for each network or event does not fit in a readable size.
        ("terms", of_part(networks.terms, columns=()), "hub", ()),
        ("members", of_part(networks.members, columns=()), "trending_up", ()),
        ("organisations", of_part(networks.organisations), "domain", ()),
        ("events", of_part(network_lists.hosted, columns=()), "event", ()),
    ),
    "claims": (
        ("ledger", claims_slides.ledger_slide, "rule", ()),
        ("claim", claims_slides.claim_slide, "balance", ("claim",)),
    ),
    "sources": (("list", list_slides.of_sources, "fact_check", ("q", "table", "sort")),),
}
"""The slides of each page: name, maker, icon, query parameters."""

KINDS = BRIEFING | {f"{page}.{name}": Kind(make, icon, page, parts) for page, slides in PAGES.items() for name, make, icon, parts in slides}
"""Every kind by its name."""

THEME_PAGES = {"exports": "policy_exports", "fund": "cooperation_fund"}
"""The page of the theme of a kind that another page shows."""


def offered(view: View) -> tuple[str, ...]:
    """The kinds about what the city has on record, to choose from."""
    return tuple(name for name, kind in KINDS.items() if is_offered(view.release, THEME_PAGES.get(name, kind.page)))


def kinds_of(view: View, page: str) -> tuple[str, ...]:
    """The kinds of a page; with a city chosen also the kind of that city."""
    kinds = [name for name in offered(view) if KINDS[name].page == page]
    return tuple([*kinds, "city"] if kinds and view.selection.city else kinds)


def request_for(view: View, kind: str, address: dict[str, str]) -> Wanted:
    """The request for a slide as it is now: with the chosen date and the query parameters that change it."""
    parts = {name: address.get(name, "") for name in ("as_of", *KINDS[kind].parts)}
    chosen = view.selection
    own = {"types": ",".join(chosen.types), "regions": ",".join(chosen.regions), "city": chosen.city}
    if parts["as_of"]:
        own["as_of"] = chosen.as_of.isoformat()
    return Wanted(kind, parts | {name: value for name, value in own.items() if name in parts})


def page_slides(view: View, page: str, address: Mapping[str, str]) -> tuple[Slide, ...]:
    """The slides of a page at an address."""
    return tuple(slide for kind in kinds_of(view, page) if (slide := slide_of(view, request_for(view, kind, dict(address)))))


def slide_of(view: View, request: Wanted) -> Slide | None:
    """The slide of a request, independent of others; None where its kind is unknown."""
    if request.kind not in KINDS:
        return None
    own = tuple((name, value) for name, value in usable(request).items() if name in OWN)
    made = _made(_view(view, request), request.kind, own)
    return replace(made, headline=request.title or made.headline, note=request.note)


def city_slide_of(view: View, city_id: str) -> Slide:
    """The short slide of a city; cached, since presenting sends those of all cities ahead."""
    return _in_short(replace(view, selection=replace(view.selection, city=city_id), notices=()))


@cached_by_release(256)
def _in_short(view: View) -> Slide:
    return replace(city_in_short(view), kind="city")


@cached_by_release(256)
def _made(view: View, kind: str, own: tuple[tuple[str, str], ...]) -> Slide:
    return replace(KINDS[kind].make(view, **dict(own)), kind=kind)


def _view(view: View, request: Wanted) -> View:
    """The view of a slide: the request's selection, the same release, language and colours."""
    return replace(view, selection=selection_of(view, request), notices=())


def selection_of(view: View, request: Wanted) -> Selection:
    """The selection of a request of a known kind; its date is by default the view's."""
    return _parsed(view, request)[0]


def _parsed(view: View, request: Wanted):
    query = {name: value for name, value in usable(request).items() if name not in OWN}
    shared = {"lang": view.selection.lang, "as_of": view.selection.as_of.isoformat()}
    return parse(shared | query, view.today, "", city_ids(view.release))


def usable(request: Wanted) -> dict[str, str]:
    """The valid query parameters of a request of a known kind."""
    parts = ("as_of", *KINDS[request.kind].parts)
    return {name: value for name, value in request.chosen if name in parts and (name not in OWN or re.fullmatch(OWN[name], value))}


@cached_by_release(16)
def slides_of(view: View, outline: Outline) -> tuple[Slide, ...]:
    """The slides of an outline, in order, without unknown kinds. A title slide without a headline has the briefing's title.

    A slide's date is by default the view's.
    """
    made = [slide for request in outline.slides if (slide := slide_of(view, _titled(request, outline))) is not None]
    others = [slide for slide in made if slide.kind != CLOSING]
    return tuple(with_sources(view, slide, others) if slide.kind == CLOSING else slide for slide in made)


def _titled(request: Wanted, outline: Outline) -> Wanted:
    return replace(request, title=outline.title) if request.kind == "title" and not request.title else request


def notices_of(view: View, outline: Outline) -> tuple[str, ...]:
    """A notice for each part of an outline that cannot be shown as requested."""
    return tuple(dict.fromkeys(notice for request in outline.slides for notice in _notices(view, request)))


def _notices(view: View, request: Wanted) -> Iterable[str]:
    words = view.words
    if request.kind not in KINDS:
        yield words.t("slide.unknown")
        return
    if usable(request) != request.parts:
        yield words.t("slide.part", slide=words.of("slide", request.kind))
    for notice in _parsed(view, request)[1]:
        yield words.t("slide.notice", slide=words.of("slide", request.kind), notice=words.t(notice.key, shown=notice.shown))
