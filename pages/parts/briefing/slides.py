"""The registry of slides, and the slides of an outline. Slides are made by the modules of their pages.

To add one: a function View -> Part, its line in PAGES by `of_part`, its name `slide.PAGE.NAME` in locale/.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from exports.slides import Cover, Slide, Table, Text
from metrics.schema.names import names, offered_languages
from metrics.schema.release import cached_by_release
from metrics.schema.tables import VOCABULARY_CODE
from metrics.themes.fund import is_series
from metrics.themes.partnerships import has_dates
from pages.parts.briefing import city_slides
from pages.parts.briefing.city_slides import city_slide, of_city
from pages.parts.briefing.emblem import emblem
from pages.parts.briefing.page_slides import (
    by_country,
    claim_slide,
    export_map,
    fund_path,
    ledger_slide,
    of_numbers,
    of_part,
    of_peers,
    of_register,
    of_series,
    of_ties,
    partner_list,
    partner_map,
    peer_map,
    project_list,
    relation_list,
    source_list,
)
from pages.parts.briefing.since_slide import since_slide
from pages.parts.cooperation_fund import fund
from pages.parts.cooperation_fund.path import STARTS, flows_figure
from pages.parts.elements import key_figures
from pages.parts.elements.content import Nothing
from pages.parts.elements.slide_pieces import slide
from pages.parts.networks import lists as network_lists
from pages.parts.networks import networks
from pages.parts.overview import overview_text
from pages.parts.partner_cities import partners
from pages.parts.peers import peers
from pages.parts.plan import plan
from pages.parts.policy_exports import exports
from pages.parts.shell.navigation import is_offered
from pages.parts.shell.selection import Selection, View, known, parse
from publishing.desk.briefings import CLOSING, Outline, SlideRequest
from publishing.store.errors import DashboardError

COVER = ("occasion", "held", "venue", "speaker")
"""What the editor asks for a title slide."""
TIES, CITY, NOTES, PEERS = ("types", "regions"), ("city",), ("notes",), ("peers",)
SHOWN = (*TIES, "ended")
MAP = (*SHOWN, "city", "country")
OWN = {
    "until": "[0-9]{1,4}",
    "since": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "country": "[A-Z]{2}",
    "yearly": "[0-9]{1,15}",
    "start": "|".join(STARTS),
    "q": ".{1,200}",
    "notes": "[a-z_,]{1,200}",
    "peers": "[A-Za-z0-9_.,-]{1,800}",
    "claim": "[A-Za-z0-9_-]{1,40}",
    "sector": rf"(?=.{{1,40}}$){VOCABULARY_CODE}",
    "held": r"\d{4}-\d{2}-\d{2}",
    **dict.fromkeys(("occasion", "venue", "speaker"), ".{1,200}"),
    **dict.fromkeys(("sort", "state", "status", "table"), "[a-z_]{1,40}"),
}
"""Query parameters used on a single page, with their pattern; makers get them as keyword arguments."""
EVENTS = 6
"""Events that a slide draws in a readable size; the notes have all."""
FUND = ("fund_balance", "fund_share_of_target")


def title(view: View, occasion: str = "", held: str = "", venue: str = "", speaker: str = "") -> Slide:
    """The first slide: the home city and the chosen city, the occasion with its day, place and speaker, as-of date and release."""
    words, home = view.words, view.home_name
    met = " · ".join(filter(None, (words.day(when) if (when := day(held)) else "", venue)))
    piece = Cover(occasion, tuple(filter(None, (met, speaker))), _standing(view), emblem())
    headline = words.t("frame.title", city=home)
    if view.selection.city:
        city = names(view.release, "city", view.selection.lang)[view.selection.city]
        headline = words.t("slide.title_city", home=home, city=city)
    return Slide("", headline, (piece,))


def day(text: str) -> date | None:
    """The day that a text of an outline names; None for any other text."""
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _standing(view: View) -> tuple[str, ...]:
    words, number = view.words, view.release.number
    return words.t("slide.as_of", day=view.selection.as_of), *((words.t("slide.release", number=str(number)),) if number else ())


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
    return replace(slide, pieces=(Table("", (heading,), lines),), sources=all_sources)


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
    "title": Kind(title, "title", "", (*CITY, *COVER)),
    "readings": Kind(of_part(overview_text.numbers, overview_text.headline), "grid_view", "overview"),
    "map": Kind(partner_map, "public", "overview", MAP),
    "growth": Kind(of_series(key_figures.growth), "trending_up", "overview", NOTES),
    "exports": Kind(of_series(key_figures.exports), "outbox", "overview", NOTES),
    "fund": Kind(of_series(key_figures.fund), "savings", "overview", NOTES),
    "city": Kind(of_city(city_slide), "location_city", "", CITY),
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
        ("list", partner_list, "list", (*SHOWN, "q", "sort")),
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
        ("relations", relation_list, "list", ("types", "regions", "q", "sort", "state")),
        ("follow", of_city(city_slides.follow), "checklist", CITY),
        ("agreements", of_city(city_slides.agreements), "handshake", CITY),
        ("contacts", of_city(city_slides.contacts), "forum", CITY),
        ("ahead", of_city(city_slides.ahead), "event", CITY),
    ),
    "plan": (
        ("readings", of_numbers(plan.headline, plan.NUMBERS), "grid_view", ()),
        ("outcomes", of_part(plan.glance, plan.headline), "checklist", ()),
        ("measures", of_part(plan.glance, columns=("direction", "measure", "due", "outcome", "last_known")), "table_rows", ()),
        ("index", of_part(plan.companion), "bar_chart", ()),
    ),
    "networks": (
        ("terms", of_register(partial(networks.terms, led=True)), "hub", ()),
        # A table, since a chart with a strip for each network does not fit in a readable size.
        ("members", of_part(networks.members, columns=()), "trending_up", ()),
        ("organisations", of_part(networks.organisations), "domain", ()),
        ("events", of_register(partial(network_lists.hosted, most=EVENTS)), "event", ()),
    ),
    "peers": (
        ("map", peer_map, "public", PEERS),
        ("overlap", of_peers(peers.overlap), "bar_chart", PEERS),
        ("lacking", of_peers(peers.lacking), "compare_arrows", PEERS),
    ),
    "claims": (
        ("ledger", ledger_slide, "rule", ()),
        ("claim", claim_slide, "balance", ("claim",)),
    ),
    "releases": (("since", since_slide, "history", ("since",)),),
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


def filled(view: View, kinds: Iterable[str]) -> tuple[str, ...]:
    """The kinds whose slide shows something; those of a city while none is chosen, too."""
    needs_city = () if view.selection.city else tuple(name for name in kinds if KINDS[name].parts == CITY)
    return tuple(name for name in kinds if name in needs_city or not slide_of(view, SlideRequest(name, _city_of(view))).empty)


def _city_of(view: View) -> dict[str, str]:
    return {"city": view.selection.city} if view.selection.city else {}


def kinds_of(view: View, page: str) -> tuple[str, ...]:
    """The kinds of a page; with a city chosen also the kind of that city, and on the page of relations those of its dossier alone."""
    kinds = [name for name in offered(view) if KINDS[name].page == page]
    if page == "city":
        kinds = [name for name in kinds if (KINDS[name].parts == CITY) == bool(view.selection.city)]
    return tuple([*kinds, "city"] if kinds and view.selection.city else kinds)


def request_for(view: View, kind: str, address: dict[str, str]) -> SlideRequest:
    """The request for a slide as it is now: with the chosen date and the query parameters that change it."""
    parts = {name: address.get(name, "") for name in ("as_of", *KINDS[kind].parts)}
    chosen = view.selection
    own = {"types": ",".join(chosen.types), "regions": ",".join(chosen.regions), "city": chosen.city}
    own["ended"] = "yes" if chosen.ended else ""
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
    try:
        made = _made(replace(view, selection=selection_of(view, request), notices=()), request.kind, own)
    except DashboardError as away:  # what is asked of the store is not kept as the answer
        made = slide(view, Nothing("", view.words.of("slide", request.kind), away.sentence(view.words)))
    return replace(made, headline=request.title or made.headline, note=request.note)


@cached_by_release(256)
def _made(view: View, kind: str, own: tuple[tuple[str, str], ...]) -> Slide:
    return replace(KINDS[kind].make(view, **dict(own)), kind=kind)


def selection_of(view: View, request: SlideRequest) -> Selection:
    """The selection of a request of a known kind; its date is by default the view's."""
    return _parsed(view, request)[0]


def _parsed(view: View, request: SlideRequest):
    query = {name: value for name, value in usable(request).items() if name not in OWN}
    shared = {"lang": view.selection.lang, "as_of": view.selection.as_of.isoformat()}
    return parse(shared | query, view.today, "", *known(view.release), offered=offered_languages(view.release))


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
    # Without a date there is no line over time.
    kinds = [kind if kind != "growth" or has_dates(view.release) else "partner_cities.by-country" for kind in kinds]
    return Outline("", tuple(SlideRequest(kind) for kind in kinds if kind in choice))
