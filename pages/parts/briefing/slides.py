"""The registry of slides, and the slides of an outline. Slides are made by the modules of their pages.

To add one: a function View -> Part, its line in PAGES by `of_part`, its name `slide.PAGE.NAME` in locale/.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from exports.slides import Slide, Table, Text
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes.fund import is_series
from pages.parts.briefing import city_slides
from pages.parts.briefing.city_slides import city_in_short, of_city
from pages.parts.briefing.page_slides import (
    by_country,
    claim_slide,
    export_map,
    fund_path,
    ledger_slide,
    of_numbers,
    of_part,
    of_series,
    of_ties,
    partner_list,
    partner_map,
    project_list,
    source_list,
)
from pages.parts.cooperation_fund import fund
from pages.parts.cooperation_fund.path import STARTS, flows_figure
from pages.parts.elements import key_figures
from pages.parts.networks import lists as network_lists
from pages.parts.networks import networks
from pages.parts.overview import overview_text
from pages.parts.partner_cities import partners
from pages.parts.plan import plan
from pages.parts.policy_exports import exports
from pages.parts.shell.navigation import is_offered
from pages.parts.shell.selection import Selection, View, city_ids, parse
from publishing.desk.briefings import CLOSING, Outline, SlideRequest

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


def title(view: View) -> Slide:
    """The first slide: the home city and the chosen city, the as-of date and the release."""
    words, home = view.words, view.home_name
    lines = [words.t("slide.as_of", day=view.selection.as_of)]
    if view.release.number:
        lines.append(words.t("slide.release", number=str(view.release.number)))
    headline = words.t("frame.title", city=home)
    if view.selection.city:
        city = names(view.release, "city", view.selection.lang)[view.selection.city]
        headline = words.t("slide.title_city", home=home, city=city)
    return Slide("", headline, (Text(tuple(lines)),))


def closing(view: View) -> Slide:
    """The last slide; `with_sources` gives it the sources of the others."""
    return Slide("", view.words.t("slide.closing_headline"), ())


def with_sources(view: View, slide: Slide, others: Iterable[Slide]) -> Slide:
    """A closing slide with the sources of the other slides, each once, in order of appearance."""
    words = view.words
    all_sources = tuple(dict.fromkeys(source for other in others for source in other.sources))
    lines = tuple((source.line,) for source in all_sources)
    if not lines:
        return replace(slide, pieces=(Text((words.t("slide.no_sources"),)),))
    heading = words.n("slide.sources", len(lines))
    return replace(slide, pieces=(Table("", (heading,), lines), *title(view).pieces), sources=all_sources)


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
        ("by-type", of_ties(partners.by_type), "bar_chart", TIES),
        ("by-region", of_ties(partners.by_region), "bar_chart", TIES),
        ("by-decade", of_ties(partners.by_decade), "bar_chart", TIES),
        ("by-year", of_ties(partners.by_year), "bar_chart", TIES),
        ("map", partner_map, "public", (*MAP, "until")),
        ("by-country", by_country, "table_rows", TIES),
        ("list", partner_list, "list", (*TIES, "q", "sort")),
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
        ("list", project_list, "list", ("regions", "q", "sector", "status")),
    ),
    "cooperation_fund": (
        ("readings", of_numbers(fund.headline, FUND), "grid_view", ()),
        ("fund-path", fund_path, "savings", ("yearly", "start", *NOTES)),
        ("fund-flows", of_part(flows_figure), "bar_chart", ()),
        ("payments", of_part(fund.payments), "table_rows", ()),
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
        ("ledger", ledger_slide, "rule", ()),
        ("claim", claim_slide, "balance", ("claim",)),
    ),
    "sources": (("list", source_list, "fact_check", ("q", "table", "sort")),),
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


def request_for(view: View, kind: str, address: dict[str, str]) -> SlideRequest:
    """The request for a slide as it is now: with the chosen date and the query parameters that change it."""
    parts = {name: address.get(name, "") for name in ("as_of", *KINDS[kind].parts)}
    chosen = view.selection
    own = {"types": ",".join(chosen.types), "regions": ",".join(chosen.regions), "city": chosen.city}
    if parts["as_of"]:
        own["as_of"] = chosen.as_of.isoformat()
    return SlideRequest(kind, parts | {name: value for name, value in own.items() if name in parts})


def page_slides(view: View, page: str, address: Mapping[str, str]) -> tuple[Slide, ...]:
    return tuple(slide for kind in kinds_of(view, page) if (slide := slide_of(view, request_for(view, kind, dict(address)))))


def slide_of(view: View, request: SlideRequest) -> Slide | None:
    """The slide of a request, independent of others; None where its kind is unknown."""
    if request.kind not in KINDS:
        return None
    own = tuple((name, value) for name, value in usable(request).items() if name in OWN)
    made = _made(replace(view, selection=selection_of(view, request), notices=()), request.kind, own)
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


def selection_of(view: View, request: SlideRequest) -> Selection:
    """The selection of a request of a known kind; its date is by default the view's."""
    return _parsed(view, request)[0]


def _parsed(view: View, request: SlideRequest):
    query = {name: value for name, value in usable(request).items() if name not in OWN}
    shared = {"lang": view.selection.lang, "as_of": view.selection.as_of.isoformat()}
    return parse(shared | query, view.today, "", city_ids(view.release))


def usable(request: SlideRequest) -> dict[str, str]:
    """The valid query parameters of a request of a known kind."""
    parts = ("as_of", *KINDS[request.kind].parts)
    return {name: value for name, value in request.chosen if name in parts and (name not in OWN or re.fullmatch(OWN[name], value))}


@cached_by_release(16)
def slides_of(view: View, outline: Outline) -> tuple[Slide, ...]:
    """The slides of an outline, in order, without unknown kinds. A title slide without a headline has the briefing's title.

    A slide's date is by default the view's.
    """
    requests = [replace(wanted, title=wanted.title or outline.title) if wanted.kind == "title" else wanted for wanted in outline.slides]
    made = [slide for request in requests if (slide := slide_of(view, request)) is not None]
    others = [slide for slide in made if slide.kind != CLOSING]
    return tuple(with_sources(view, slide, others) if slide.kind == CLOSING else slide for slide in made)


def notices_of(view: View, outline: Outline) -> tuple[str, ...]:
    """A notice for each part of an outline that cannot be shown as requested."""
    return tuple(dict.fromkeys(notice for request in outline.slides for notice in _notices(view, request)))


def _notices(view: View, request: SlideRequest) -> Iterable[str]:
    words = view.words
    if request.kind not in KINDS:
        yield words.t("slide.unknown")
        return
    if usable(request) != request.parts:
        yield words.t("slide.part", slide=words.of("slide", request.kind))
    for notice in _parsed(view, request)[1]:
        yield words.t("slide.notice", slide=words.of("slide", request.kind), notice=words.t(notice.key, shown=notice.value))


FIVE_MINUTES = ("title", "readings", "map", "growth", "exports", "fund", "closing")
FUND_REVIEW = ("title", "cooperation_fund.readings", "cooperation_fund.fund-path", "cooperation_fund.payments", "closing")
PRESETS = ("five_minutes", "one_city", "fund_review")


def presets(view: View) -> tuple[str, ...]:
    """The presets about what the city has on record."""
    return tuple(name for name in PRESETS if name != "fund_review" or "fund" in offered(view))


def preset(view: View, name: str, city: str = "") -> Outline:
    """The outline of a preset; `city` is the subject of `one_city`."""
    if name == "one_city":
        exported = city and (view.release.tables["export_places"]["city_id"] == city).any()
        kinds = ["title", "city", "map", *(["policy_exports.map"] if exported else [])]
        return Outline("", (*(SlideRequest(kind, {"city": city}) for kind in kinds), SlideRequest("readings"), SlideRequest("closing")))
    kinds = list(FIVE_MINUTES if name == "five_minutes" else FUND_REVIEW)
    if name == "fund_review" and is_series(view.release, view.selection.as_of):
        kinds.insert(3, "cooperation_fund.fund-flows")
    choice = offered(view)
    return Outline("", tuple(SlideRequest(kind) for kind in kinds if kind in choice))
