"""What the overview says in words: the headline sentence, what is newest, and the table of every reading."""

from functools import lru_cache
from html import escape

import streamlit as st

from metrics.counting.reading import Reading, Share, When
from metrics.indicators.registry import INDICATORS, read, readings
from metrics.schema.names import names
from metrics.themes import partners_by
from metrics.themes.partnerships import documented_partners
from metrics.themes.policy_exports import newest as newest_exports
from pages.parts.elements.cards import rests_on
from pages.parts.elements.drawer import open_drawer, source_line
from pages.parts.elements.map import no_partner, none_dated, when
from pages.parts.shell.fragments import now, part
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

HEADLINES = (
    "partner_cities",
    "partner_countries",
    "exported_projects",
    "fund_balance",
    "international_organisations",
    "network_memberships",
)
"""The readings under the first sentence."""
NEWEST = 6


@lru_cache(maxsize=64)
def headline(view: View) -> str:
    """The page's first sentences as HTML, derived from the readings: who the city works with, what moved, what is open."""
    partners, countries, fund = (_read(view, i) for i in ("partner_cities", "partner_countries", "fund_balance"))
    said = [_works_with(view, view.home_name, partners, countries), _joined(view, partners), _fund(view, fund)]
    return f'<h1 class="headline">{" ".join(part for part in said if part)}</h1>'


def _read(view: View, indicator: str) -> Reading:
    return read(indicator, view.release, view.selection.as_of)


def _works_with(view: View, city: str, partners: Reading, countries: Reading) -> str:
    words = view.words
    if not partners.value:
        return no_partner(view)
    counts = {
        "partners": strong(words.counted("count.partner_cities", partners)),
        "countries": strong(words.counted("count.countries", countries)),
    }
    return words.t("headline.partners", city=escape(city), **counts)


def _joined(view: View, partners: Reading) -> str:
    words = view.words
    if partners.benchmark is None or not partners.added:
        return ""
    joined = strong(words.n("count.joined", len(partners.added)))
    return words.t("headline.joined", joined=joined, since=When(partners.benchmark.as_of[:7]))


def _fund(view: View, fund: Reading) -> str:
    if fund.value is None or fund.target is None or not fund.target.value:
        return ""
    share = strong(view.words.show(Share(fund.value / fund.target.value)))
    silent = fund.progress.state == "outcome_not_published"
    return view.words.t("headline.fund_silent" if silent else "headline.fund", share=share, as_of=When(fund.benchmark.as_of))


def newest(view: View) -> None:
    """The latest ties and the latest exported projects, each with its source."""
    left, right = st.columns(2, gap="medium")
    with left:
        _block(view, "newest.ties", _ties(view), none_dated(view))
    with right:
        _block(view, "newest.exports", _projects(view), view.words.t("newest.none"))


def _block(view: View, key: str, items: list[str], none: str) -> None:
    body = f'<ul class="list">{"".join(items)}</ul>' if items else f'<div class="empty">{escape(none)}</div>'
    with st.container(key=f"figure-{key.replace('.', '-')}"):
        st.html(f'<h2 class="title">{escape(view.words.t(key))}</h2>{body}')


@lru_cache(maxsize=64)
def _ties(view: View) -> list[str]:
    rows = partners_by.newest(documented_partners(view.release, view.selection.as_of), NEWEST)
    words, lang = view.words, view.selection.lang
    countries = names(view.release, "country")[f"name_{lang}"]
    return [
        f"<li>{escape(row[f'name_{lang}'])}, {escape(countries[row['country_code']])}: {escape(words.of('tie', row['type']))}"
        f'<span class="when">{escape(when(words, row))}. {source_line(view, row["source_id"])}</span></li>'
        for _, row in rows.iterrows()
    ]


@lru_cache(maxsize=64)
def _projects(view: View) -> list[str]:
    words = view.words
    places = view.release.tables["export_places"].drop_duplicates("export_id").set_index("export_id")
    countries = names(view.release, "country")[f"name_{view.selection.lang}"]
    cities = names(view.release, "city")[f"name_{view.selection.lang}"]
    return [
        f"<li>{escape(row[f'project_{view.selection.lang}'])}"
        f'<span class="when">{escape(_where(places, cities, countries, row["export_id"]))}{escape(words.edtf(row["started"]))}. '
        f"{source_line(view, row['source_id'])}</span></li>"
        for _, row in newest_exports(view.release, view.selection.as_of, NEWEST).iterrows()
    ]


def _where(places, cities, countries, export: str) -> str:
    if export not in places.index:
        return ""
    place = places.loc[export]
    city = f"{cities[place['city_id']]}, " if place["city_id"] else ""
    return f"{city}{countries[place['country_code']]}. "


@part
def every_reading() -> None:
    """All readings in one table, made when it is opened; choosing a row opens its source."""
    view = now()
    words = view.words
    with st.expander(words.t("readings.title"), key="all", bind="query-params", on_change="rerun") as opened:
        if opened.open:
            _readings(view)


def _readings(view: View) -> None:
    words = view.words
    st.html(f'<div class="subtitle">{escape(words.t("readings.hint"))}</div>')
    rows = [_line(view, reading) for reading in readings(view.release, view.selection.as_of)]
    chosen = st.dataframe(
        {words.of("column", name): [row[name] for row in rows] for name in rows[0]},
        hide_index=True,
        width="stretch",
        height="content",
        on_select="rerun",
        selection_mode="single-row",
        key="readings",
        alt=words.t("readings.title"),
    )
    picked = chosen["selection"]["rows"]
    if picked and st.session_state.get("readings-open") != picked[0]:
        open_drawer(view, list(INDICATORS)[picked[0]])
    st.session_state["readings-open"] = picked[0] if picked else None


def _line(view: View, reading: Reading) -> dict[str, str]:
    words = view.words
    state = reading.progress.state if reading.progress else ""
    return {
        "reading": words.of("indicator", reading.indicator),
        "value": words.value(reading),
        "documented": "" if reading.documented is None else words.number(reading.documented),
        "rests_on": rests_on(view, reading),
        "newest": words.day(reading.newest) if reading.newest else words.t("unknown"),
        "covered_until": words.day(reading.covered_until) if reading.covered_until else words.t("unknown"),
        "state": words.of("state", state) if state else "",
    }
