"""The page of cities while none is chosen: relations by last contact, dormant relations, coming anniversaries."""

from dataclasses import replace
from html import escape

from metrics.counting.coverage import last_covered
from metrics.indicators.registry import read
from metrics.schema.names import in_every_language, names
from metrics.schema.release import cached_by_release
from metrics.themes import contacts
from pages.parts.city.lists import coming
from pages.parts.elements.content import Headline, Item, Listing
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

COLUMNS = ("partner_city", "last_contact", "years_without", "standing", "subject", "anniversary", "contacts", "tie", "country")
LISTED = 60


def headline(view: View) -> Headline:
    """The headline: how many partners are in contact, and how many relations are dormant."""
    words, rows = view.words, relations(view)
    if not len(rows):
        return Headline(words.t("headline.none", city=escape(view.home_name)))
    if not contacts.on_record(view.release):
        return Headline(words.t("city.start_unrecorded", partners=strong(words.n("count.partner_cities", len(rows)))))
    reading = read("partners_in_contact", view.release, view.selection.as_of)
    sentence = f"{words.formula(reading.formula)}."
    if reading.value:
        fields = reading.formula.fields
        days = {"since": fields["since"], "until": fields["until"]}
        sentence = words.t("city.start", n=strong(words.number(reading.value)), partners=len(rows), **days)
    many = int(rows["dormant"].sum())
    until = last_covered(view.release, "contacts", view.selection.as_of)
    dormant = words.n("city.start_dormant", many, many=strong(words.number(many)), years=contacts.DORMANT_YEARS, until=until)
    return Headline(f"{sentence} {dormant}")


@cached_by_release(32)
def relations(view: View):
    """The relations with all columns of the list in the reader's language. The frame is cached: do not change it."""
    words, rows = view.words, contacts.relations(view.release, view.selection.as_of)
    countries = view.release.tables["territories"].set_index("country_code")
    dates = {text: words.edtf(text) for text in {*rows["contact_date"], *rows["next_when"]} if text} | {"": ""}
    kinds = {kind: f"{words.of('contact.kind', kind)}: " for kind in rows["kind"].unique() if kind} | {"": ""}
    return rows.assign(
        name=words.names(rows),
        partner_city=words.names(rows),
        country=rows["country_code"].map(words.names(countries)),
        searched=in_every_language(rows, "name") + "\n" + rows["country_code"].map(in_every_language(countries, "name")).fillna(""),
        tie=rows["type"].map({tie: words.of("tie", tie) for tie in rows["type"].unique()}),
        last_contact=rows["contact_date"].map(dates | {"": words.t("contact.none_short")}),
        subject=rows["kind"].map(kinds) + words.names(rows, "subject"),
        years_without=rows["years"].where(rows["years"] >= 0).astype("Int64"),
        standing=rows["dormant"].map({True: words.t("contact.dormant"), False: ""}),
        anniversary=rows["next_when"].map(dates),
    )


def named(view: View, rows):
    return rows[list(COLUMNS)].rename(columns={column: view.words.of("column", column) for column in COLUMNS})


@cached_by_release(32)
def anniversaries(view: View) -> Listing:
    """The round anniversaries of the next months, the nearest first."""
    words, rows = view.words, contacts.ahead(view.release, view.selection.as_of)
    title = words.n("city.start_ahead", len(rows), months=contacts.AHEAD_MONTHS)
    cities = names(view.release, "city", view.selection.lang)
    items = (replace(coming(view, row), **city_fields(row["city_id"], cities[row["city_id"]])) for row in rows.to_dict("records"))
    measure = words.t("city.ahead_measure", round=contacts.ROUND)
    return Listing("city-ahead", title, measure, (("", tuple(items)),), "", look="coming", most=LISTED)


@cached_by_release(32)
def dormant(view: View) -> Listing:
    """The dormant relations, the longest without contact first, with the definition."""
    words, rows = view.words, relations(view)
    rows = contacts.put_in_order(rows[rows["dormant"]], "quiet")
    title, measure = words.n("city.dormant", len(rows)), words.t("city.dormant_how", years=contacts.DORMANT_YEARS)
    items = tuple(Item("", facts=(row.tie, row.last_contact), **city_fields(row.city_id, row.name)) for row in rows.itertuples())
    return Listing("city-dormant", title, measure, (("", items),), "", look="columns", most=LISTED)


def city_fields(city: str, name: str) -> dict[str, object]:
    """The fields of an Item that link a city's name to its dossier."""
    return {"name": name, "chosen": {"city": city}}
