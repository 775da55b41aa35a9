"""The world map of partner cities and the list beside it, or the chosen city; with too many cities for a dot each, countries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from charts import clusters
from charts.map import World, legend
from charts.map import world as drawn_world
from metrics.counting.reading import Reading
from metrics.schema.dates import BEGINNING, bounds
from metrics.schema.names import names
from metrics.schema.release import Release, cached_by_release
from metrics.themes.partnerships import at_home, documented_partners
from pages.parts.elements.content import Item
from pages.parts.elements.row_text import reader, source_line
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong
from wording import Words

LISTED = 200
"""Cities listed beside a map; the list of the page has all."""
SHAPES = {
    "ringed": "background:{0};box-shadow:0 0 0 3px color-mix(in srgb,{0} 25%,transparent)",
    "filled": "background:{0}",
    "hollow": "border:2px solid {0};box-sizing:border-box",
}


def by_country(view: View, rows, kinds, whole: str, parts: Mapping[str, str], sized_by: str = "cities"):
    """The rows of `charts.clusters.by_country` with the texts of their dots; None where there are few enough cities to show each.

    `whole` is the message that counts the cities of a country, `parts` those that count its cities of each of the `kinds`.
    """
    if len(rows) <= clusters.MOST:
        return None
    words, grouped = view.words, clusters.by_country(rows, kinds)
    grouped = grouped.assign(**{part: 0 for part in parts if part not in grouped})
    lone, lines = grouped["cities"] == 1, list(grouped.itertuples())
    counted = [", ".join(words.n(key, n) for part, key in parts.items() if (n := getattr(row, part))) for row in lines]
    return grouped.assign(
        type=clusters.sizes(grouped[sized_by]),
        country=grouped["country"].where(lone, [words.n(whole, row.cities) for row in lines]),
        line=grouped["line"].where(lone, counted),
    )


def country_list(view: View, countries, heading: str) -> str:
    """The list equivalent of the map, as HTML: each country with its number of cities, and of which kinds."""
    items = "".join(
        f'<li><b class="sum">{view.words.number(row.cities)}</b>{escape(row.name)}<span class="when">{escape(row.line)}</span></li>'
        for row in countries[["cities", "name", "line"]].itertuples(index=False, name="Country")
    )
    return f'<div class="subtitle">{escape(heading)}</div><div class="scroll" tabindex="0"><ul class="list">{items}</ul></div>'


def dot(colour: str, shape: str, size: float = 11) -> str:
    """The style of a dot of a legend or a list."""
    return f"width:{size}px;height:{size}px;{SHAPES[shape].format(colour)}"


def legend_html(view: View, dots: Iterable[Sequence]) -> str:
    """A legend of dots, each (message key, colour, shape) and perhaps its diameter, as HTML."""
    return "".join(f'<span><i style="{dot(*look)}"></i>{escape(view.words.t(key))}</span>' for key, *look in dots)


def home_of(view: View) -> dict[str, object]:
    """The home city as maps need it: name, lat, lon."""
    return {"name": view.home_name, "lat": view.home["lat"], "lon": view.home["lon"]}


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


PARTS = {"sister": "count.sister_cities", "friendship": "count.friendship_cities", "possible": "map.possible"}
"""The kinds of a country's partners, and the message that counts each."""


@cached_by_release()
def chosen_partner(view: View) -> Mapping[str, object]:
    """The chosen city's row of the partners; an empty mapping where none is chosen, or one that is no partner."""
    everyone = partners(view, view.selection.as_of)
    return next(iter(everyone[everyone["city_id"] == view.selection.city].to_dict("records")), {})


def partners(view: View, on: date):
    """All partners documented by a day, in the reader's language; cached, so never to be changed."""
    return _partners(view.release, view.selection.lang, on)


@cached_by_release()
def _partners(release: Release, lang: str, on: date):
    return readable(reader(release, lang), documented_partners(release, on))


@cached_by_release()
def on_the_map(view: View, until: date | None = None):
    """The partners that pass the filters; with `until`, only those certainly signed by that day."""
    rows = filtered(view, partners(view, until or view.selection.as_of))
    return rows[rows["certain"]] if until else rows


@cached_by_release()
def certain(view: View) -> int:
    """How many of the partners that pass the filters are certain."""
    return int(on_the_map(view)["certain"].sum())


@cached_by_release()
def countries(view: View, until: date | None = None):
    """A row per country with its words, where there are too many partners for a dot each; else None."""
    rows = on_the_map(view, until)
    return by_country(view, rows, rows["type"].where(rows["certain"], "possible"), "count.partner_cities", PARTS)


def readable(view: View, rows):
    """The partners with name, country, since and line in the reader's language; `began` is the date (EDTF) in `since`, as `became`."""
    words, lang = view.words, view.selection.lang
    countries = names(view.release, "country", lang)
    # Each date and kind is formatted once, however many partners share it; other words for a date that does not settle the tie.
    dates, ties = rows["became"].unique(), rows["type"].unique()
    sure, perhaps = ({text: _since(words, key, text) for text in dates} for key in ("tie.since", "tie.perhaps"))
    upgraded = rows[(rows["friendship_since"] != "") & (rows["became"] != "")]
    since = rows["became"].map(sure)
    since.loc[upgraded.index] = [upgrade(words, "tie.since_upgraded", row) for row in upgraded.itertuples()]
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


def upgrade(words: Words, key: str, row) -> str:
    """When a friendship city became a sister city, and since when it had been a friend; `row` as in `documented_partners`."""
    return words.t(key, when=words.edtf(row.became), before=words.edtf(row.friendship_since))


def when(words: Words, row) -> str:
    """The date of the act that made a tie what it is; with that of the friendship before it, where there was one."""
    return upgrade(words, "tie.upgraded", row) if row.friendship_since and row.became else words.edtf(row.became)


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


def partners_in_countries(view: View, partners: Reading, countries: Reading) -> dict[str, str]:
    """The fields of a headline, as HTML: city, partners, countries; partners at home are named apart from those abroad."""
    words, home = view.words, at_home(view.release, view.selection.as_of)
    abroad = strong(words.counted("count.countries_abroad" if home else "count.countries", countries))
    many = strong(words.counted("count.partner_cities", partners))
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
        return view.words.t("filter.known", shown=known)
    return view.words.t("filter.shown", shown=known, total=view.words.value(total))


@cached_by_release()
def drawn_map(view: View, until: date | None, country: str) -> World:
    """The map as it is drawn, with a ring around the chosen city or, where it shows countries, around the chosen `country`.

    The view fits all partners, so that it does not move when filters or the day change.
    """
    everyone, grouped = partners(view, view.selection.as_of), countries(view, until)
    if grouped is None:
        return drawn_world(on_the_map(view, until), home_of(view), view.palette, view.selection.city or None, within=everyone)
    return drawn_world(grouped, home_of(view), view.palette, key_of(grouped, country), clusters.KINDS, within=everyone)


def map_dots(view: View, grouped) -> Iterable[Sequence]:
    """The dots of the legend; a map of partners has no memoranda."""
    return clusters.legend(view.palette) if grouped is not None else [dot for dot in legend(view.palette) if "memorandum" not in dot[0]]


@cached_by_release()
def partners_html(view: View, until: date | None, country: str = "") -> tuple[str, ...]:
    """The partners on the map by country, or those of one country, as items of a list."""
    rows = on_the_map(view, until).sort_values(["country", "name"])
    rows = rows[rows["country_code"] == country] if country else rows
    called = rows["name"] if country else rows["name"] + ", " + rows["country"]
    return tuple(
        f'<li><i class="dot-{row.type}"></i>{escape(name)}<span class="when">{escape(row.line)}, {escape(row.since)}</span></li>'
        for row, name in zip(rows.itertuples(), called, strict=True)
    )


def partner_map(view: View, until: date | None = None) -> CityMap:
    """The map of partners; with `until`, of those certainly signed by that day."""
    words, grouped, chosen = view.words, countries(view, until), chosen_partner(view)
    fields = {"city": view.home_name, "n": len(on_the_map(view, until))}
    return CityMap(
        key="map",
        page="partner_cities",
        countries=grouped,
        chosen=chosen,
        where=f"{chosen['country']}, {chosen['since']}" if chosen else "",
        records=lambda: _agreements(view, chosen["city_id"]),
        drawn=lambda country: drawn_map(view, until, country),
        alt=words.t("map.alt", **fields) if grouped is None else words.t("map.alt_countries", countries=len(grouped), **fields),
        items=lambda country: partners_html(view, until, country),
        lists=(words.t("map.list"), words.t("map.list_countries")),
        empty=words.t("map.none"),
        back=words.t("map.close"),
        dots=map_dots(view, grouped),
        between=": ",
        level="h2",
    )


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
