"""What the page of partner cities says above and around its charts: the sentence, the newest and oldest ties, the documented part.

The charts of the documented ties, the map and the list have modules of their own beside this one.
"""

from functools import lru_cache
from html import escape

import streamlit as st

from metrics.counting.published import target
from metrics.counting.reading import When
from metrics.indicators.registry import read
from metrics.schema.names import names
from metrics.themes.partners_by import newest, oldest, undated
from metrics.themes.partnerships import documented_partners, parts
from pages.parts.elements.drawer import source_line
from pages.parts.elements.map import certain, filters, no_partner, none_dated, when
from pages.parts.partner_cities.list import partner_list
from pages.parts.partner_cities.map import map_through_time
from pages.parts.partner_cities.ties import by_country, by_decade, by_region, by_type, by_year, tie_figure, ties
from pages.parts.shell.fragments import now, part
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

READINGS = (
    "partner_cities",
    "sister_cities",
    "friendship_cities",
    "partner_countries",
    "new_partners_5y",
    "partner_growth_5y",
)
"""The readings under the first sentences."""
AIMED = ("partner_countries_asean",)
"""Readings that follow where the city announced a target for them."""
ENDS = 3
"""How many of the newest and of the oldest ties are named."""
UNDATED_AT_MOST = 5


@lru_cache(maxsize=64)
def readings(view: View) -> tuple[str, ...]:
    """The readings under the first sentences: READINGS, and those of AIMED that have a target on the date."""
    return (*READINGS, *(id for id in AIMED if target(view.release, id, view.selection.as_of)))


@lru_cache(maxsize=64)
def headline(view: View) -> str:
    """The page's first sentences as HTML: how many partners of which kind in how many countries, and the ends of the record."""
    return f'<h1 class="headline">{" ".join(part for part in (_whole(view), _ends(view)) if part)}</h1>'


def _whole(view: View) -> str:
    words, on = view.words, view.selection.as_of
    partners, countries = (read(indicator, view.release, on) for indicator in ("partner_cities", "partner_countries"))
    city = escape(view.home_name)
    if not partners.value:
        return no_partner(view)
    fields = {
        "city": city,
        "partners": strong(words.counted("count.partner_cities", partners)),
        "countries": strong(words.counted("count.countries", countries)),
    }
    kinds = parts(view.release, on)
    both = words.t("partners.kinds", **{tie: words.n(f"count.{tie}_cities", kinds[tie]) for tie in ("sister", "friendship")})
    settled = all(read(f"{tie}_cities", view.release, on).upper == kinds[tie] for tie in ("sister", "friendship"))
    ties = {"kinds": escape(both if settled else words.t("bounds.open", lower=both))}
    # A kind without a count is not known to be none, and parts may be newer than the whole.
    if kinds["rest"] < 0 or not (kinds["sister"] and kinds["friendship"]):
        return words.t("partners.headline_whole", **fields)
    if kinds["rest"]:
        return words.t("partners.headline", rest=kinds["rest"], **ties, **fields)
    return words.t("partners.headline_two", **ties, **fields)


def _ends(view: View) -> str:
    rows = documented_partners(view.release, view.selection.as_of)
    last, first = newest(rows, 1), oldest(rows, 1)
    if not len(last) or not len(first):
        return ""
    last, first, name = last.iloc[0], first.iloc[0], f"name_{view.selection.lang}"
    if last["city_id"] == first["city_id"]:
        return ""
    oldest_one = {"oldest": escape(first[name]), "oldest_when": When(first["since"])}
    return view.words.t("partners.ends", newest=escape(last[name]), newest_when=When(last["became"]), **oldest_one)


def ends(view: View) -> None:
    """The newest and the oldest ties, each with its source."""
    with st.container(key="figure-ends"):
        st.html(_newest_and_oldest(view))


@lru_cache(maxsize=64)
def _newest_and_oldest(view: View) -> str:
    rows, words = documented_partners(view.release, view.selection.as_of), view.words
    last, first = _ties(view, newest(rows, ENDS)), _ties(view, oldest(rows, ENDS))
    titles = escape(words.t("newest.ties")), escape(words.t("partners.oldest"))
    return f'<h2 class="title">{titles[0]}</h2>{last}<h2 class="title more">{titles[1]}</h2>{first}'


def _ties(view: View, rows) -> str:
    """Ties as a list in HTML: name, country, kind, since when, source."""
    words, lang = view.words, view.selection.lang
    if not len(rows):
        return f'<div class="empty">{escape(none_dated(view))}</div>'
    countries = names(view.release, "country")[f"name_{lang}"]
    items = "".join(
        f'<li><i class="dot-{row["type"]}"></i>{escape(row[f"name_{lang}"])}, {escape(countries[row["country_code"]])}'
        f'<span class="when">{escape(words.of("tie", row["type"]))}, {escape(when(words, row))}. '
        f"{source_line(view, row['source_id'])}</span></li>"
        for _, row in rows.iterrows()
    )
    return f'<ul class="list">{items}</ul>'


@part
def documented() -> None:
    """Everything that the filters change; a change of them runs this part alone."""
    view = now()
    above, below = st.container(), st.container()
    with below:
        partner_list()  # first in time, last on the page: its table is the last to come to rest
    with above:
        _documented(view)


def _documented(view: View) -> None:
    words = view.words
    section, note = escape(words.t("partners.documented")), escape(words.t("partners.filters"))
    st.html(f'<h2 class="section">{section}</h2><div class="subtitle">{note}</div>')
    filters(view, certain(view))
    with st.grid(3, min_column_width=320, gap="medium"):
        for part in (by_type, by_region, by_decade):
            tie_figure(view, part(view))
    left, right = st.columns([7, 3], gap="medium")
    with left:
        tie_figure(view, by_year(view))
    with right:
        _undated(view)
    map_through_time()
    by_country(view)


def _undated(view: View) -> None:
    """The ties that stand in no year, by name, with what is known of their dates."""
    with st.container(key="figure-undated", height="stretch"):
        st.html(_without_year(view))


@lru_cache(maxsize=64)
def _without_year(view: View) -> str:
    words, rows = view.words, undated(ties(view))
    many = len(rows)
    if not many:
        return f'<h2 class="title">{escape(words.t("partners.all_dated"))}</h2>'
    title, measure = escape(words.n("partners.undated", many)), escape(words.t("partners.undated_measure"))
    more = f'<div class="subtitle">{escape(words.t("partners.and_more", n=many - UNDATED_AT_MOST))}</div>' if many > UNDATED_AT_MOST else ""
    listed = _ties(view, rows.head(UNDATED_AT_MOST))
    return f'<h2 class="title">{title}</h2><div class="subtitle">{measure}</div>{listed}{more}'
