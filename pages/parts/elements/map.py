"""The world map of partner cities and the list beside it, or the chosen city.

The overview shows all of it; the page of partner cities combines the same parts with a year."""

from collections.abc import Mapping
from datetime import date
from html import escape

from charts import clusters
from charts.map import World
from charts.map import world as drawn_world
from metrics.counting.reading import Reading
from metrics.schema.dates import BEGINNING, bounds
from metrics.schema.names import names
from metrics.schema.release import Release, cached_by_release
from metrics.themes.partnerships import at_home, documented_partners
from pages.parts.elements.content import Item
from pages.parts.elements.countries import many, told
from pages.parts.elements.row_text import reader
from pages.parts.elements.source_text import source_line
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong
from wording import Words

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
    rows, words = on_the_map(view, until), view.words
    if not many(rows):
        return None
    by_country = clusters.by_country(rows, rows["type"].where(rows["certain"], "possible"))
    by_country = by_country.assign(type=clusters.sizes(by_country["cities"]))
    return told(by_country, lambda row: words.n("count.partner_cities", row.cities), lambda row: _kinds(view, row))


def _kinds(view: View, row) -> str:
    """How many partners of a country are of which kind, and of how many that is not certain."""
    return ", ".join(view.words.n(key, n) for part, key in PARTS.items() if (n := getattr(row, part, 0)))


def readable(view: View, rows):
    """The partners with name, country, since and line in the reader's language; `began` is the date (EDTF) in
    `since`: that of the act that made the tie what it is, as in `became`.
    """
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


def partners_and_countries(view: View, partners: Reading, countries: Reading) -> dict[str, str]:
    """The fields `partners` and `countries` of a headline, as HTML; partners at home are named apart from those abroad."""
    words, home = view.words, at_home(view.release, view.selection.as_of)
    many = strong(words.counted("count.partner_cities", partners))
    if not home:
        return {"partners": many, "countries": strong(words.counted("count.countries", countries))}
    abroad = strong(words.counted("count.countries_abroad", countries))
    return {"partners": words.t("count.with_home", partners=many, home=words.n("count.at_home", home)), "countries": abroad}


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


def _twin(view: View, until: date | None):
    """The partners on the map as a table."""
    rows = on_the_map(view, until)[["name", "country", "line", "began"]]
    return rows.set_axis(["partner_city", "country", "tie", "signed"], axis=1)


def map_alt(view: View, until: date | None) -> str:
    groups, many = countries(view, until), len(on_the_map(view, until))
    fields = {"city": view.home_name, "n": many}
    return view.words.t("map.alt", **fields) if groups is None else view.words.t("map.alt_countries", countries=len(groups), **fields)


@cached_by_release()
def drawn_map(view: View, until: date | None, country: str) -> World:
    """The map as it is drawn, with a ring around the chosen city or, where it shows countries, around the chosen `country`.

    The view fits all partners, so that it does not move when filters or the day change.
    """
    home = view.home
    here = {"name": view.home_name, "lat": home["lat"], "lon": home["lon"]}
    everyone, by_country = partners(view, view.selection.as_of), countries(view, until)
    if by_country is None:
        return drawn_world(on_the_map(view, until), here, view.palette, view.selection.city or None, within=everyone)
    ringed = by_country.loc[by_country["country_code"] == country, "city_id"]
    return drawn_world(by_country, here, view.palette, next(iter(ringed), None), clusters.KINDS, within=everyone)


@cached_by_release()
def partners_html(view: View, until: date | None) -> tuple[str, ...]:
    """The partners on the map by country, as items of a list."""
    rows = on_the_map(view, until).sort_values(["country", "name"])
    return tuple(partner_html(row, f"{row.name}, {row.country}") for row in rows.itertuples())


def partner_html(row, name: str) -> str:
    return f'<li><i class="dot-{row.type}"></i>{escape(name)}<span class="when">{escape(row.line)}, {escape(row.since)}</span></li>'


@cached_by_release()
def drawn_by(view: View) -> str:
    """The sentence on boundaries, with their source, as HTML."""
    territories = view.release.tables["territories"]
    source = [source_line(view, territories["boundary_source_id"].iloc[0])] if len(territories) else []
    return " ".join([escape(view.words.t("map.disclaimer")), *source])
