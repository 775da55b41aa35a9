"""Shows a world map with its filters, its list, its legend, and the city or country that was chosen."""

from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape

import streamlit as st

from charts.clusters import country_of
from metrics.indicators.registry import read
from metrics.schema.vocabulary import codes
from metrics.themes.partnerships import has_ended, kinds_to_choose
from pages.parts.elements.dots import button_words
from pages.parts.elements.map import LISTED, CityMap, country_list, drawn_by, known_by_name, legend_html
from pages.parts.elements.row_text import empty_html, fold_html, title_html
from pages.parts.shell import blocks
from pages.parts.shell.address import choose
from pages.parts.shell.components import opening_rows, world_map
from pages.parts.shell.links import link
from pages.parts.shell.parameters import number_within, word_of
from pages.parts.shell.selection import View


def map_and_list(view: View, part: CityMap) -> None:
    """The map, and beside it its list, or the city or country of the address; beneath them the legend and the note on boundaries."""
    wide, beside = st.columns([7, 3], gap="medium")
    country = "" if part.countries is None else word_of(view, "country", ["", *part.countries["country_code"]], "")
    with wide:
        if view.home:
            _drawn(view, part, country)
        else:
            st.html(empty_html(view.words.t("map.no_home")))
    with beside:
        if part.chosen:
            _city(view, part)
        elif country:
            _country(view, part, country)
        elif part.countries is not None:
            st.html(country_list(view, part.countries, part.lists[1]))
        elif cities := part.items(""):
            st.html(f'<div class="subtitle">{escape(part.lists[0])}</div>{fold_html(view, "list")}')
            _cities(view, part, cities)
        else:
            st.html(empty_html(part.empty))
    st.html(f'<div class="legend">{legend_html(view, part.dots)}</div><div class="sourceline">{drawn_by(view)}</div>')


def _drawn(view: View, part: CityMap, country: str) -> None:
    """The map; where it grows, with the year of the address."""
    world, time = part.drawn(part.chosen.get("country_code", country)), part.time
    if time is None:
        world_map(world, part.key, part.alt, _pick, button_words(view))
        return
    until = number_within(view, "until", time["first"], time["last"], time["last"])
    time = {**time, "until": None if until == time["last"] else until}
    with st.container(key="map-in-time"):
        world_map(world, part.key, part.alt, _pick, button_words(view), time, lambda year: choose(until=year))


def _pick(dot: str) -> None:
    """Write the dot that was clicked into the address: a country, a city, or none."""
    country = country_of(dot)
    choose(country=country, city="" if country else dot)


def _city(view: View, part: CityMap) -> None:
    """The chosen city and its records, each with its source."""
    st.html(title_html(part.chosen["name"], part.where, part.level))
    st.html(f'<div class="scroll short" tabindex="0"><ul class="list">{part.records()}</ul></div>')
    link(view, "city", view.words.t("city.open"), city=part.chosen["city_id"])
    _back(part.back)


def _country(view: View, part: CityMap, code: str) -> None:
    """The chosen country: how many cities of which kind, and the first of them."""
    row = part.countries.set_index("country_code").loc[code]
    line = part.between.join((row["country"], row["line"])) if row["cities"] > 1 else row["line"]
    st.html(title_html(row["name"], line, part.level))
    _cities(view, part, part.items(code), q=row["name"])
    _back(part.back)


def _cities(view: View, part: CityMap, items, **more: str) -> None:
    """The first of many cities, and a link to the page that lists the others, with parameters of that page."""
    others = len(items) - LISTED
    height = " short" if others > 0 else ""
    rows = f'<div class="scroll{height}" tabindex="0"><ul class="{part.look} doors">{"".join(items[:LISTED])}</ul></div>'
    opening_rows(rows, f"{part.key}-list", _pick)
    if others > 0:
        link(view, part.page, view.words.n("map.rest", others), **more)


def _back(label: str) -> None:
    """The button that leaves the chosen city or country."""
    options = {"type": "tertiary", "icon": ":material/arrow_back:", "on_click": choose, "kwargs": {"city": "", "country": ""}}
    st.button(label, key="map-close", **options)


def filters(view: View, known: int, total: str, regions: Sequence[str], *, with_types: bool = True) -> None:
    """The filters of types and `regions`, each where there is a choice, and how many are known by name, of the indicator `total`."""
    words, chosen, release = view.words, view.selection, view.release
    kinds = _to_choose(codes(release, "tie_kinds"), kinds_to_choose(release, chosen.as_of), chosen.types) if with_types else []
    regions = _to_choose(codes(release, "regions"), regions, chosen.regions)
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        if kinds or regions:
            st.html(fold_html(view, "filters", bool(chosen.types or chosen.regions or chosen.ended)), width="content")
        if kinds:
            named = {kind: blocks.plain_label(words.of("tie", kind)) for kind in kinds}
            _filter(view, "types", named, st.pills, selection_mode="multi")
        if with_types and has_ended(release):
            st.session_state["control-ended"] = chosen.ended
            st.toggle(words.t("filter.ended"), key="control-ended", on_change=_write_ended)
        if regions:
            named = {region: words.of("region", region) for region in regions}
            _filter(view, "regions", named, st.multiselect, placeholder=words.t("filter.all_regions"), width=300)
        coverage = known_by_name(view, known, read(total, release, chosen.as_of))
        st.html(f'<div class="subtitle">{escape(coverage)}</div>', width="content")


def _to_choose(every: Sequence[str], offered: Collection[str], chosen: Collection[str]) -> list[str]:
    """The codes to choose from, in order; one that was chosen stays, so that it can be left. None where there is no choice."""
    options = [code for code in every if code in {*offered, *chosen}]
    return options if chosen or len(options) > 1 else []


def _filter(view: View, part: str, named: Mapping[str, str], control: Callable[..., object], **look: object) -> None:
    """A control that writes codes into a part of the address; `named` has their names."""
    st.session_state[f"control-{part}"] = list(getattr(view.selection, part))
    options = {"format_func": named.get, "key": f"control-{part}", "on_change": _write, "args": (part,), "label_visibility": "collapsed"}
    control(view.words.t(f"filter.{part}"), list(named), **options, **look)


def _write_ended() -> None:
    choose(ended="yes" if st.session_state["control-ended"] else "")


def _write(part: str) -> None:
    choose(**{part: st.session_state[f"control-{part}"]})
