"""The world map of partner cities and the list beside it, or the chosen city; with too many cities for a dot each, countries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from typing import Any

from charts import clusters
from charts.map import World
from charts.map import world as drawn_world
from metrics.counting.reading import Reading
from metrics.schema.dates import BEGINNING, bounds
from metrics.schema.home import home_country
from metrics.schema.names import names
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import partner_kinds, tie_kinds
from metrics.themes import contacts
from metrics.themes.partnerships import at_home, documented_partners, has_dates, listed
from pages.parts.elements.content import Item
from pages.parts.elements.dots import growth, shape_legend, with_contacts
from pages.parts.elements.row_text import reader, source_line
from pages.parts.elements.ties import ENDED, count_of, dot, dot_html, map_kinds, tie_legend
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong
from wording import Words, words_of

LISTED = 200
"""Cities listed beside a map; the list of the page has all."""


def by_country(view: View, rows, kinds, whole: str, parts: Mapping[str, Callable[[int], str]], sized_by: str = "cities"):
    """The rows of `charts.clusters.by_country` with the texts of their dots; None where there are few enough cities to show each.

    `whole` is the message that counts the cities of a country, `parts` counts its cities of each of the `kinds` in words.
    """
    if len(rows) <= clusters.MOST:
        return None
    words, grouped = view.words, clusters.by_country(rows, kinds)
    grouped = grouped.assign(**{part: 0 for part in parts if part not in grouped})
    lone, lines = grouped["cities"] == 1, grouped.to_dict("records")
    counted = [", ".join(count(n) for part, count in parts.items() if (n := row[part])) for row in lines]
    return grouped.assign(
        type=clusters.sizes(grouped[sized_by]),
        country=grouped["country"].where(lone, [words.n(whole, row["cities"]) for row in lines]),
        line=grouped["line"].where(lone, counted),
    )


def country_list(view: View, countries, heading: str) -> str:
    """The list equivalent of the map, as HTML: each country with its number of cities, and of which kinds."""
    items = "".join(
        f'<li><b class="sum">{view.words.number(row.cities)}</b>{escape(row.name)}<span class="when">{escape(row.line)}</span></li>'
        for row in countries[["cities", "name", "line"]].itertuples(index=False, name="Country")
    )
    return f'<div class="subtitle">{escape(heading)}</div><div class="scroll" tabindex="0"><ul class="list">{items}</ul></div>'


def legend_html(view: View, dots: Iterable[Sequence]) -> str:
    """A legend of dots, each (word, colour, shape) and perhaps its diameter, as HTML."""
    return "".join(f'<span><i style="{dot(*look)}"></i>{escape(word)}</span>' for word, *look in dots)


def worded(view: View, dots: Iterable[Sequence]) -> list[tuple]:
    """The dots of a legend with words in place of their message keys."""
    return [(view.words.t(key, city=view.home_name), *look) for key, *look in dots]


def home_of(view: View) -> dict[str, object]:
    """The home city as maps need it: name, lat, lon, and the borders that it wants drawn."""
    place = {"name": view.home_name, "lat": view.home["lat"], "lon": view.home["lon"]}
    return place | {"borders": view.release.tables["home"]["borders"].iloc[0]}


def key_of(countries, code: str) -> str | None:
    """The id of a country's dot, for the ring around it."""
    return next(iter(countries.loc[countries["country_code"] == code, "city_id"]), None)


@dataclass(frozen=True)
class CityMap:
    """A map of cities with what stands beside it, in the reader's language.

    `countries` are those of `with_counts`, None where each city has a dot; `chosen` is the row of the chosen city (city_id, country_code,
    name), empty without one, `where` the line under its name, `records` its records as HTML items. `drawn` draws the map with a country
    ringed, `items` lists the cities of a country, of all for "", as HTML items; `lists` are the headings of the lists of cities and of
    countries. `page` lists every city.
    """

    key: str
    page: str
    countries: Any
    chosen: Mapping[str, Any]
    where: str
    records: Callable[[], str]
    drawn: Callable[[str], World]
    alt: str
    items: Callable[[str], Sequence[str]]
    lists: tuple[str, str]
    empty: str
    back: str
    dots: Iterable[Sequence]
    between: str = ", "
    level: str = "h3"
    look: str = "list"
    time: Mapping[str, Any] | None = None


@cached_by_release()
def chosen_partner(view: View) -> Mapping[str, object]:
    """The chosen city's row of the partners; an empty mapping where none is chosen, or one that is no partner."""
    everyone = partners(view, view.selection.as_of)
    return next(iter(everyone[everyone["city_id"] == view.selection.city].to_dict("records")), {})


def partners(view: View, on: date):
    """All partners documented by a day, in the reader's language; cached, so never to be changed."""
    return _listed(view.release, view.selection.lang, on)


@cached_by_release()
def _listed(release: Release, lang: str, on: date, others: tuple[str, ...] = (), ended: bool = False):
    """The rows of `metrics.themes.partnerships.listed`, readable, with `dot`: the kind of tie, or ENDED."""
    rows, words = listed(release, on, others, ended), words_of(release, lang)
    rows = readable(reader(release, lang), rows)
    over = rows["standing"] == "ended"
    ends = {text: words.t("partners.ended", when=words.edtf(text)) for text in rows.loc[over, "ended"].unique()}
    since = rows["since"].where(~over, [f"{since}, {ends.get(end, '')}" for since, end in zip(rows["since"], rows["ended"], strict=True)])
    return rows.assign(since=since, dot=rows["type"].where(~over, ENDED))


@cached_by_release()
def on_the_map(view: View, until: date | None = None):
    """The partners that pass the filters, and with them the ties of other kinds and those that have ended, where they were chosen;
    with `until`, only those certainly signed by that day.
    """
    chosen = view.selection
    rows = filtered(view, _listed(view.release, chosen.lang, until or chosen.as_of, other_kinds(view), chosen.ended))
    return with_contacts(view, rows[rows["certain"]] if until else rows, until or chosen.as_of)


def other_kinds(view: View) -> tuple[str, ...]:
    """The chosen kinds of tie that make no partner."""
    return tuple(kind for kind in view.selection.types if kind not in partner_kinds(view.release))


@cached_by_release()
def on_record(view: View, until: date | None = None):
    """The partners of `on_the_map` alone."""
    rows = on_the_map(view, until)
    return rows[rows["standing"] == "partner"]


@cached_by_release()
def certain(view: View) -> int:
    """How many of the partners that pass the filters are certain."""
    return int(on_record(view)["certain"].sum())


@cached_by_release()
def countries(view: View, until: date | None = None):
    """A row per country with its words, where there are too many partners for a dot each; else None."""
    rows, words = on_the_map(view, until), view.words
    rows = rows.assign(country=rows["country_code"].map(country_names(view)))
    # A code could be the name of a column.
    kinds = {f"kind {kind}": partial(count_of, words, kind) for kind in tie_kinds(view.release)}
    parts = kinds | {"possible": partial(words.n, "map.possible"), f"kind {ENDED}": partial(words.n, "map.ended")}
    return by_country(view, rows, ("kind " + rows["dot"]).where(rows["certain"], "possible"), "count.partner_cities", parts)


def country_names(view: View):
    """The names of countries by code, the home city's own marked as such."""
    countries, own = names(view.release, "country", view.selection.lang), home_country(view.release)
    return countries.mask(countries.index == own, view.words.t("country.own", country=countries.get(own, "")))


def readable(view: View, rows):
    """The partners with name, country, since and line in the reader's language; `began` is the date (EDTF) in `since`, as `became`."""
    words, lang = view.words, view.selection.lang
    countries = names(view.release, "country", lang)
    # Each date and kind is formatted once, however many partners share it; other words for a date that does not settle the tie.
    dates, ties = rows["became"].unique(), rows["type"].unique()
    sure, perhaps = ({text: _since(words, key, text) for text in dates} for key in ("tie.since", "tie.perhaps"))
    raised = rows[(rows["former_since"] != "") & (rows["became"] != "")]
    since = rows["became"].map(sure)
    since.loc[raised.index] = [upgrade(words, _SINCE, row) for row in raised.itertuples()]
    return rows.assign(
        name=words.names(rows),
        country=rows["country_code"].map(countries),
        began=rows["became"],
        since=since.where(rows["certain"], rows["became"].map(perhaps)),
        line=rows["type"].map({tie: words.of("tie", tie) for tie in ties}),
    )


def _since(words: Words, key: str, text: str) -> str:
    """The start of a tie in words; without "since" for a date without a first day."""
    when, open_start = words.edtf(text), bounds(text)[0] == BEGINNING
    return when if not text or (open_start and key == "tie.since") else words.t(key, when=when)


_SINCE, _ACT = ("tie.since_upgraded", "tie.since_raised"), ("tie.act_upgraded", "tie.act_raised")
"""The messages on a friendship city that became a sister city, and on any other tie that was raised."""


def upgrade(words: Words, messages: tuple[str, str], row) -> str:
    """When a tie was raised, and what it had been since when; `row` as in `documented_partners`."""
    upgraded, raised = messages
    dates = {"when": words.edtf(row.became), "before": words.edtf(row.former_since)}
    if words.has_sentences(row.former, row.type):
        return words.t(upgraded, **dates)
    return words.t(raised, former=words.of("tie", row.former), **dates)


def when(words: Words, row) -> str:
    """The date of the act that made a tie what it is; with that of the tie that it was raised from, where there was one."""
    return upgrade(words, _ACT, row) if row.former_since and row.became else words.edtf(row.became)


def tie_items(view: View, rows) -> tuple[Item, ...]:
    """Ties, each with its country, kind, date and source."""
    words, countries = view.words, names(view.release, "country", view.selection.lang)
    return tuple(
        Item(
            f"{words.name(row)}, {countries[row['country_code']]}",
            facts=(words.of("tie", row["type"]), when(words, row)),
            sources=(row["source_id"],),
            kind=row["type"],
        )
        for _, row in rows.iterrows()
    )


def partners_in_countries(view: View, partners: Reading, countries: Reading, counted: str = "count.partner_cities") -> dict[str, str]:
    """The fields of a headline, as HTML: city, partners, countries; partners at home are named apart from those abroad."""
    words, home = view.words, at_home(view.release, view.selection.as_of)
    abroad = strong(words.counted("count.countries_abroad" if home else "count.countries", countries))
    many = strong(words.counted(counted, partners))
    many = words.t("count.with_home", partners=many, home=words.n("count.at_home", home)) if home else many
    return {"city": escape(view.home_name), "partners": many, "countries": abroad}


def no_partner(view: View) -> str:
    """The sentence, as HTML, where no partner is certain: how many may have been partners by then, or that none is on record."""
    perhaps = len(documented_partners(view.release, view.selection.as_of))
    fields = {"city": escape(view.home_name)}
    return view.words.t("headline.perhaps", n=perhaps, **fields) if perhaps else view.words.t("headline.none", **fields)


def none_dated(view: View) -> str:
    """The sentence in place of the newest ties: none is on record, or none has a date."""
    return view.words.t("partners.none_dated" if len(documented_partners(view.release, view.selection.as_of)) else "newest.none")


def filtered(view: View, rows):
    """The rows of the types and regions that the reader chose."""
    chosen = view.selection
    rows = rows[rows["type"].isin(chosen.types)] if chosen.types else rows
    return rows[rows["region"].isin(chosen.regions)] if chosen.regions else rows


def known_by_name(view: View, known: int, total: Reading) -> str:
    """How many are known by name, beside the count where published counts say more than the register."""
    if total.value is None or (total.benchmark is None and total.value == total.documented):
        return view.words.n("filter.known", known)
    return view.words.n("filter.shown", known, total=view.words.value(total))


@cached_by_release()
def drawn_map(view: View, until: date | None, country: str) -> World:
    """The map as it is drawn, with a ring around the chosen city or, where it shows countries, around the chosen `country`.

    The view fits all partners, so that it does not move when filters or the day change.
    """
    everyone, grouped = partners(view, view.selection.as_of), countries(view, until)
    if grouped is None:
        rows = on_the_map(view, until)
        rows, kinds = rows.assign(type=rows["dot"]), map_kinds(view.release)
        return drawn_world(rows, home_of(view), view.palette, view.selection.city or None, kinds, within=everyone)
    return drawn_world(grouped, home_of(view), view.palette, key_of(grouped, country), clusters.KINDS, within=everyone)


def map_dots(view: View, until: date | None, grouped) -> Iterable[Sequence]:
    """The dots of the legend: of the kinds and the recencies of contact that are on the map."""
    if grouped is not None:
        return worded(view, clusters.legend(view.palette))
    return _tie_dots(view, until)


@cached_by_release()
def _tie_dots(view: View, until: date | None) -> tuple[Sequence, ...]:
    rows = on_the_map(view, until).dropna(subset=["lat", "lon"])
    return (*tie_legend(view, set(rows["dot"])), *shape_legend(view, rows))


@cached_by_release()
def partners_html(view: View, until: date | None, country: str = "") -> tuple[str, ...]:
    """The partners on the map, or those of one country, the most recent contact first, as items of a list that choose their city."""
    rows = on_the_map(view, until).sort_values(["last", "country", "name"], ascending=[False, True, True])
    rows = rows[rows["country_code"] == country] if country else rows
    called = rows["name"] if country else rows["name"] + ", " + rows["country"]
    lines = rows["line"] + (", " + rows["since"] if has_dates(view.release) else "")
    return tuple(
        door(row.city_id, f"{dot_html(view, row.dot, row.shape)}{escape(name)}", (line, row.contact))
        for row, name, line in zip(rows.itertuples(), called, lines, strict=True)
    )


def door(city: str, html: str, line: Sequence[str]) -> str:
    """An item of the list beside a map, which chooses its city; `html` is its name with its dot, `line` the texts under it."""
    said = escape(" · ".join(filter(None, line)))
    return f'<li><button type="button" data-row="{escape(city)}">{html}<span class="when">{said}</span></button></li>'


def partner_map(view: View, until: date | None = None) -> CityMap:
    """The map of partners; with `until`, of those certainly signed by that day."""
    words, grouped, chosen = view.words, countries(view, until), chosen_partner(view)
    fields, many = {"city": view.home_name}, len(on_record(view, until))
    abroad = 0 if grouped is None else int((grouped["country_code"] != home_country(view.release)).sum())
    return CityMap(
        key="map",
        page="partner_cities",
        countries=grouped,
        chosen=chosen,
        where=f"{chosen['country']}, {chosen['since']}" if chosen else "",
        records=lambda: _agreements(view, chosen["city_id"]),
        drawn=lambda country: drawn_map(view, until, country),
        alt=words.n("map.alt", many, **fields) if grouped is None else words.t("map.alt_countries", n=many, countries=abroad, **fields),
        items=lambda country: partners_html(view, until, country),
        lists=(words.t("map.list" if contacts.on_record(view.release) else "map.list_by_country"), words.t("map.list_countries")),
        empty=words.t("map.none"),
        back=words.t("map.close"),
        dots=map_dots(view, until, grouped),
        between=": ",
        level="h2",
        time=None if until or grouped is not None else _in_time(view),
    )


@cached_by_release()
def _in_time(view: View) -> dict[str, object] | None:
    return growth(view, on_record(view))


def _agreements(view: View, city: str) -> str:
    """The agreements with a city, each with its date, role and source."""
    words, acts = view.words, view.release.tables["agreements"]
    return "".join(
        f"<li>{escape(words.of('tie', act.type))}, {escape(words.edtf(act.signed))}"
        f'<span class="when">{escape(words.of("role", act.role))}. {source_line(view, act.source_id)}</span></li>'
        for act in acts[acts["city_id"] == city].sort_values("signed").itertuples()
    )


@cached_by_release()
def drawn_by(view: View) -> str:
    """The sentence on boundaries, with their source, as HTML."""
    territories = view.release.tables["territories"]
    source = [source_line(view, territories["boundary_source_id"].iloc[0])] if len(territories) else []
    return " ".join([escape(view.words.t("map.disclaimer")), *source])
