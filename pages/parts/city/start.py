"""The page of cities without a city: relations by their last contact, the dormant ones, and the anniversaries ahead."""

from functools import lru_cache
from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from metrics.counting.coverage import last_covered
from metrics.indicators.registry import read
from metrics.schema.names import names
from metrics.schema.tables import TABLES
from metrics.themes import contacts, partners_by
from metrics.themes.cities import nearest
from pages.parts.city.lists import coming
from pages.parts.elements.drawer import first_items, source_button
from pages.parts.elements.figures import csv_button
from pages.parts.shell.address import choose
from pages.parts.shell.components import rows as listing
from pages.parts.shell.navigation import kept, link
from pages.parts.shell.parameters import free_text, one_of, part_of, search_and_order
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

COLUMNS = ("partner_city", "last_contact", "years_without", "standing", "subject", "anniversary", "contacts", "tie", "country")
LISTED = 60


def headline(view: View) -> str:
    """The first sentences as HTML: how many partners are in contact, and how many relations are dormant."""
    words, rows = view.words, relations(view)
    if not len(rows):
        return f'<h1 class="headline">{words.t("headline.none", city=escape(view.home_name))}</h1>'
    if not contacts.on_record(view.release):
        return f'<h1 class="headline">{words.t("city.start_unrecorded", partners=strong(words.n("count.partner_cities", len(rows))))}</h1>'
    reading = read("partners_in_contact", view.release, view.selection.as_of)
    said = f"{words.formula(reading.formula)}."
    if reading.value:
        fields = reading.formula.fields
        days = {"since": fields["since"], "until": fields["until"]}
        said = words.t("city.start", n=strong(words.number(reading.value)), partners=len(rows), **days)
    many = int(rows["dormant"].sum())
    until = last_covered(view.release, "contacts", view.selection.as_of)
    dormant = words.n("city.start_dormant", many, many=strong(words.number(many)), years=contacts.DORMANT_YEARS, until=until)
    return f'<h1 class="headline">{said} {dormant}</h1>'


@lru_cache(maxsize=32)
def relations(view: View):
    """The relations with all that the list shows, in the reader's language; kept, so never to be changed."""
    words, lang, rows = view.words, view.selection.lang, contacts.relations(view.release, view.selection.as_of)
    both = names(view.release, "country")
    said = {text: words.edtf(text) for text in {*rows["contact_date"], *rows["next_when"]} if text} | {"": ""}
    kinds = {kind: f"{words.of('contact.kind', kind)}: " for kind in rows["kind"].unique() if kind} | {"": ""}
    return rows.assign(
        name=rows[f"name_{lang}"],
        partner_city=rows[f"name_{lang}"],
        country=rows["country_code"].map(both[f"name_{lang}"]),
        country_en=rows["country_code"].map(both["name_en"]),
        country_ko=rows["country_code"].map(both["name_ko"]),
        tie=rows["type"].map({tie: words.of("tie", tie) for tie in rows["type"].unique()}),
        last_contact=rows["contact_date"].map(said | {"": words.t("contact.none_short")}),
        subject=rows["kind"].map(kinds) + rows[f"subject_{lang}"],
        years_without=rows["years"].where(rows["years"] >= 0).astype("Int64"),
        standing=rows["dormant"].map({True: words.t("contact.dormant"), False: ""}),
        anniversary=rows["next_when"].map(said),
    )


def unknown_city(view: View) -> None:
    """Where the address names a city that is not there: the nearest name, as a link."""
    wanted = st.query_params.get("city", "")
    found = nearest(view.release, wanted) if wanted and not view.selection.city else ""
    if found:
        name = door(view, found, names(view.release, "city").at[found, f"name_{view.selection.lang}"])
        st.html(f'<div class="said">{view.words.t("city.did_you_mean", city=name)}</div>')


def listed(view: View) -> None:
    """The list of relations: searched and put in order, each row the door to its dossier, the whole as CSV."""
    words, rows = view.words, relations(view)
    with st.container(key="figure-city-relations"):
        wanted, order = free_text("q"), one_of(view, "sort", contacts.ORDERS, "last")
        found = contacts.put_in_order(partners_by.matching(rows, wanted, ["name_en", "name_ko", "country_en", "country_ko"]), order)
        title = words.n("city.relations", len(found))
        st.html(f'<h2 class="title">{escape(title)}</h2><div class="subtitle">{escape(words.t("contact.coverage"))}</div>')
        search_and_order(view, contacts.ORDERS, lambda order: words.t(f"city.sort_{order}"), 260)
        if len(found):
            _table(view, found.iloc[part_of(view, len(found))], title)
            csv_button(view, "relations", lambda: _named(view, found), "relations", quiet=True)
        source_button(view, "partners_in_contact", "figure-city-relations")


def _named(view: View, rows):
    return rows[list(COLUMNS)].rename(columns={column: view.words.of("column", column) for column in COLUMNS})


def _table(view: View, rows, title: str) -> None:
    years = rows["years_without"].astype(object).where(rows["years_without"].notna(), None)
    lines = [
        [row.city_id, row.name, [row.last_contact, row.contact_date], year, row.standing, row.subject, [row.anniversary, row.next_when],
         row.contacts, row.tie, row.country]
        for row, year in zip(rows.itertuples(), years, strict=True)
    ]  # fmt: skip
    picked = listing([view.words.of("column", column) for column in COLUMNS], lines, "relations", title)
    if picked:
        choose(city=picked, q="", sort="", rows="")
        st.rerun()


def anniversaries(view: View) -> None:
    """The round anniversaries of the next months, the nearest first."""
    words, rows = view.words, contacts.ahead(view.release, view.selection.as_of)
    title = words.n("city.start_ahead", len(rows), months=contacts.AHEAD_MONTHS)
    with st.container(key="figure-city-ahead", height="stretch"):
        said = escape(words.t("city.ahead_measure", round=contacts.ROUND))
        st.html(f'<h2 class="title">{escape(title)}</h2><div class="subtitle">{said}</div>')
        cities = names(view.release, "city")[f"name_{view.selection.lang}"]
        items = [coming(view, row, door(view, row["city_id"], cities[row["city_id"]])) for row in rows.head(LISTED + 1).to_dict("records")]
        st.html(f'<div class="scroll coming" tabindex="0"><ul class="list">{first_items(view, items, LISTED)}</ul></div>')


def dormant(view: View) -> None:
    """The dormant relations, the longest without a contact first, with the definition."""
    words, rows = view.words, relations(view)
    rows = contacts.put_in_order(rows[rows["dormant"]], "quiet")
    title = words.n("city.dormant", len(rows))
    with st.container(key="figure-city-dormant"):
        said = escape(words.t("city.dormant_how", years=contacts.DORMANT_YEARS))
        st.html(f'<h2 class="title">{escape(title)}</h2><div class="subtitle">{said}</div>')
        items = [
            f'<li>{door(view, row.city_id, row.name)} <span class="when">{escape(row.tie)}, {escape(row.last_contact)}</span></li>'
            for row in rows[["city_id", "name", "tie", "last_contact"]].head(LISTED + 1).itertuples(index=False, name="Relation")
        ]
        st.html(f'<ul class="countries">{first_items(view, items, LISTED)}</ul>')


def door(view: View, city: str, name: str) -> str:
    """The name of a city as HTML, the link to its dossier; the name alone in a preview, which no address leads to."""
    if view.standing == "preview":
        return escape(name)
    return f'<a class="door" href="?{escape(urlencode({"city": city} | kept(), quote_via=quote))}">{escape(name)}</a>'


def unrecorded(view: View) -> None:
    """What to do where the release holds no contact at all."""
    words = view.words
    if not contacts.on_record(view.release):
        table = getattr(TABLES["contacts"].metadata["title"], view.selection.lang)
        st.html(f'<div class="subtitle">{escape(words.t("contact.which_upload", table=table))}</div>')
        link(view, "data_desk", words.t("contact.to_the_desk"))
