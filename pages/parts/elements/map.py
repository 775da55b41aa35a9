"""The world map of partner cities with what stands beside it: the list that says the same, or the city that was chosen.

The overview shows the whole; the page of partner cities puts the same parts together with a year.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from html import escape

import streamlit as st

from charts import clusters
from charts.map import World, legend
from charts.map import world as drawn_world
from metrics.counting.reading import Reading
from metrics.indicators.registry import read
from metrics.schema.dates import BEGINNING, bounds
from metrics.schema.names import names
from metrics.schema.release import Release
from metrics.schema.tables import REGIONS
from metrics.themes.partnerships import documented_partners
from pages.parts.elements.countries import back_to_all, chosen_country, city_list, country_list, dot, many, pick, sizes_legend, told
from pages.parts.elements.drawer import source_line
from pages.parts.elements.figures import Figure
from pages.parts.elements.row_text import reader
from pages.parts.shell.address import choose
from pages.parts.shell.components import world_map
from pages.parts.shell.evidence_log import note
from pages.parts.shell.navigation import link
from pages.parts.shell.selection import TYPES, View
from wording import Words

PARTS = {"sister": "count.sister_cities", "friendship": "count.friendship_cities", "possible": "map.possible"}
"""What a country's partners are counted as, and the message that says how many."""


def partner_map(view: View) -> None:
    """Filters, the map, and its list beside it."""
    filters(view, certain(view))
    world(view)


def world(view: View, until: date | None = None) -> None:
    """The map, and beside it its list or the city that was chosen; with `until`, of those certainly signed by that day."""
    wide, beside = st.columns([7, 3], gap="medium")
    found = countries(view, until)
    country = "" if found is None else chosen_country(view, found)
    city = _chosen(view)
    with wide:
        _map(view, until, city["country_code"] if city else country)
    with beside:
        if city:
            _city(view, city)
        elif country:
            _country(view, until, found[found["country_code"] == country].iloc[0])
        else:
            _list(view, until)
    _beneath(view, found is not None)


@lru_cache(maxsize=64)
def _chosen(view: View) -> Mapping[str, object]:
    """The chosen city's row of the partners; an empty mapping where none is chosen, or one that is no partner."""
    everyone = partners(view, view.selection.as_of)
    return next(iter(everyone[everyone["city_id"] == view.selection.city].to_dict("records")), {})


def partners(view: View, on: date):
    """All partners documented by a day, in the reader's language; kept, so never to be changed."""
    return _partners(view.release, view.selection.lang, on)


@lru_cache(maxsize=64)
def _partners(release: Release, lang: str, on: date):
    return readable(reader(release, lang), documented_partners(release, on))


@lru_cache(maxsize=64)
def on_the_map(view: View, until: date | None = None):
    """The partners that the filters leave; with `until`, only those certainly signed by that day."""
    rows = filtered(view, partners(view, until or view.selection.as_of))
    return rows[rows["certain"]] if until else rows


@lru_cache(maxsize=64)
def certain(view: View) -> int:
    """How many of the partners that the filters leave are certain."""
    return int(on_the_map(view)["certain"].sum())


@lru_cache(maxsize=64)
def countries(view: View, until: date | None = None):
    """What the map shows where there are too many partners for a dot each: a row a country, with its words; else None."""
    rows, words = on_the_map(view, until), view.words
    if not many(rows):
        return None
    found = clusters.by_country(rows, rows["type"].where(rows["certain"], "possible"))
    found = found.assign(type=clusters.sizes(found["cities"]))
    return told(found, lambda row: words.n("count.partner_cities", row.cities), lambda row: _kinds(view, row))


def _kinds(view: View, row) -> str:
    """How many partners of a country are of which kind, and of how many that is not certain."""
    return ", ".join(view.words.n(key, n) for part, key in PARTS.items() if (n := getattr(row, part, 0)))


def readable(view: View, rows):
    """The partners with name, country, since and line in the reader's language; `began` keeps the date (EDTF) that `since` says: that
    of the act that made the tie what it is, as `became` has it.
    """
    words, lang = view.words, view.selection.lang
    countries = names(view.release, "country")[f"name_{lang}"]
    # Each date and each kind is said once, however many partners have it. A date is said with care where it does not settle the tie.
    dates, ties = rows["became"].unique(), rows["type"].unique()
    sure, perhaps = ({text: _since(words, key, text) for text in dates} for key in ("tie.since", "tie.perhaps"))
    upgraded = rows[(rows["friendship_since"] != "") & (rows["became"] != "")]
    since = rows["became"].map(sure)
    since.loc[upgraded.index] = [upgrade(words, "tie.since_upgraded", row) for row in upgraded.itertuples()]
    return rows.assign(
        name=rows[f"name_{lang}"],
        country=rows["country_code"].map(countries),
        began=rows["became"],
        since=since.where(rows["certain"], rows["became"].map(perhaps)),
        line=rows["type"].map({tie: words.of("tie", tie) for tie in ties}),
    )


def _since(words: Words, key: str, text: str) -> str:
    """Since when a tie is; "since" is not said of a date without a first day."""
    when, open_start = words.edtf(text), bounds(text)[0] == BEGINNING
    return when if not text or (open_start and key == "tie.since") else words.t(key, when=when)


def upgrade(words: Words, key: str, row) -> str:
    """When a friendship city became a sister city, and since when it had been a friend; `row` as in `documented_partners`."""
    return words.t(key, when=words.edtf(row.became), before=words.edtf(row.friendship_since))


def when(words: Words, row) -> str:
    """The date of the act that made a tie what it is; with that of the friendship before it, where there was one."""
    return upgrade(words, "tie.upgraded", row) if row.friendship_since and row.became else words.edtf(row.became)


def no_partner(view: View) -> str:
    """Where no partner is certain, how many may have been partners by then, or that none is on record: a sentence as HTML."""
    perhaps = len(documented_partners(view.release, view.selection.as_of))
    fields = {"city": escape(view.home_name)}
    return view.words.t("headline.perhaps", n=perhaps, **fields) if perhaps else view.words.t("headline.none", **fields)


def none_dated(view: View) -> str:
    """What stands in place of the newest ties where there are none: none is on record, or none has a date."""
    return view.words.t("partners.none_dated" if len(documented_partners(view.release, view.selection.as_of)) else "newest.none")


def filtered(view: View, rows):
    """The rows of the types and regions that the reader chose."""
    chosen = view.selection
    kept = rows[rows["type"].isin(chosen.types)] if chosen.types else rows
    return kept[kept["region"].isin(chosen.regions)] if chosen.regions else kept


def filters(view: View, shown: int) -> None:
    """The controls of types and regions, and how many of the whole are shown."""
    words, total = view.words, read("partner_cities", view.release, view.selection.as_of)
    st.session_state["control-types"] = list(view.selection.types)
    st.session_state["control-regions"] = list(view.selection.regions)
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        st.pills(
            words.t("filter.types"),
            TYPES,
            selection_mode="multi",
            format_func=lambda tie: words.of("tie", tie),
            key="control-types",
            on_change=_write,
            args=("types",),
            label_visibility="collapsed",
        )
        st.multiselect(
            words.t("filter.regions"),
            REGIONS,
            format_func=lambda region: words.of("region", region),
            key="control-regions",
            on_change=_write,
            args=("regions",),
            placeholder=words.t("filter.all_regions"),
            label_visibility="collapsed",
            width=300,
        )
        st.html(f'<div class="subtitle">{escape(known_by_name(view, shown, total))}</div>', width="content")


def known_by_name(view: View, shown: int, total: Reading) -> str:
    """How many are known by name, beside the count where published counts say more than the register."""
    if total.value is None or (total.benchmark is None and total.value == total.documented):
        return view.words.t("filter.known", shown=shown)
    return view.words.t("filter.shown", shown=shown, total=view.words.value(total))


def _write(part: str) -> None:
    choose(**{part: st.session_state[f"control-{part}"]})


def _map(view: View, until: date | None, country: str) -> None:
    if not view.home:
        st.html(f'<div class="empty">{escape(view.words.t("map.no_home"))}</div>')
        return
    note(view, Figure("map", "partner_cities", _alt(view, until), "", "", lambda: _twin(view, until), ()))
    world_map(drawn_map(view, until, country), "map", _alt(view, until), pick)


def _twin(view: View, until: date | None):
    """The partners on the map as a table."""
    rows = on_the_map(view, until)[["name", "country", "line", "began"]]
    return rows.set_axis(["partner_city", "country", "tie", "signed"], axis=1)


def _alt(view: View, until: date | None) -> str:
    found, many = countries(view, until), len(on_the_map(view, until))
    fields = {"city": view.home_name, "n": many}
    return view.words.t("map.alt", **fields) if found is None else view.words.t("map.alt_countries", countries=len(found), **fields)


@lru_cache(maxsize=64)
def drawn_map(view: View, until: date | None, country: str) -> World:
    """The map as it is drawn, with a ring around the chosen city or, where it shows countries, around the chosen `country`.

    The view holds all partners, so that it stands still while filters or the day change.
    """
    home = view.home
    here = {"name": home[f"name_{view.selection.lang}"], "lat": home["lat"], "lon": home["lon"]}
    everyone, found = partners(view, view.selection.as_of), countries(view, until)
    if found is None:
        return drawn_world(on_the_map(view, until), here, view.palette, view.selection.city or None, within=everyone)
    ringed = found.loc[found["country_code"] == country, "city_id"]
    return drawn_world(found, here, view.palette, next(iter(ringed), None), clusters.KINDS, within=everyone)


def _list(view: View, until: date | None) -> None:
    """The list that says what the map says; where the map shows countries, it does too."""
    words, rows, found = view.words, on_the_map(view, until), countries(view, until)
    if not len(rows):
        st.html(f'<div class="empty">{escape(words.t("map.none"))}</div>')
    elif found is not None:
        st.html(country_list(view, found, words.t("map.list_countries")))
    else:
        st.html(f'<div class="subtitle">{escape(words.t("map.list"))}</div>')
        city_list(view, _in_order(view, until), "partner_cities")


@lru_cache(maxsize=64)
def _in_order(view: View, until: date | None) -> tuple[str, ...]:
    """The partners on the map by country, as items of a list."""
    rows = on_the_map(view, until).sort_values(["country", "name"])
    return tuple(_item(row, f"{row.name}, {row.country}") for row in rows.itertuples())


def _item(row, name: str) -> str:
    return f'<li><i class="dot-{row.type}"></i>{escape(name)}<span class="when">{escape(row.line)}, {escape(row.since)}</span></li>'


def _country(view: View, until: date | None, row) -> None:
    """The chosen country: how many partners of which kind, and the first of them."""
    rows = on_the_map(view, until)
    rows = rows[rows["country_code"] == row["country_code"]].sort_values("name")
    counted = f"{row['country']}: {row['line']}" if row["cities"] > 1 else row["line"]
    st.html(f'<h2 class="title">{escape(row["name"])}</h2><div class="subtitle">{escape(counted)}</div>')
    city_list(view, [_item(city, city.name) for city in rows.itertuples()], "partner_cities", q=row["name"])
    back_to_all(view.words.t("map.close"))


def _city(view: View, row: Mapping[str, object]) -> None:
    """The chosen city and its agreements, each with its date and source."""
    words = view.words
    agreements = view.release.tables["agreements"]
    acts = agreements[agreements["city_id"] == row["city_id"]].sort_values("signed")
    items = "".join(
        f"<li>{escape(words.of('tie', act.type))}, {escape(words.edtf(act.signed))}"
        f'<span class="when">{escape(words.of("role", act.role))}. {source_line(view, act.source_id)}</span></li>'
        for act in acts.itertuples()
    )
    st.html(f'<h2 class="title">{escape(row["name"])}</h2><div class="subtitle">{escape(row["country"])}, {escape(row["since"])}</div>')
    st.html(f'<div class="scroll short" tabindex="0"><ul class="list">{items}</ul></div>')
    link(view, "city", words.t("city.open"), city=row["city_id"])
    back_to_all(words.t("map.close"))


def _beneath(view: View, by_country: bool) -> None:
    """The legend and the sentence on boundaries, with their source."""
    words = view.words
    dots = "".join(
        f'<span><i style="{dot(colour, shape)}"></i>{escape(words.t(key))}</span>'
        for key, colour, shape in legend(view.palette)
        if key != "chart.map_memorandum"
    )
    dots = sizes_legend(view) if by_country else dots
    st.html(f'<div class="legend">{dots}</div><div class="sourceline">{drawn_by(view)}</div>')


@lru_cache(maxsize=64)
def drawn_by(view: View) -> str:
    """The sentence on boundaries, with their source, as HTML."""
    territories = view.release.tables["territories"]
    source = [source_line(view, territories["boundary_source_id"].iloc[0])] if len(territories) else []
    return " ".join([escape(view.words.t("map.disclaimer")), *source])
