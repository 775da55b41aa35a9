"""The page of partner cities: headline, charts of the documented ties, newest, oldest and undated ties, the list."""

from datetime import date
from html import escape

from charts import bars
from charts.theme import drawn
from metrics.counting.coverage import last_covered
from metrics.counting.groups import by_value
from metrics.counting.published import target
from metrics.counting.reading import When
from metrics.schema.home import home_country
from metrics.schema.names import in_every_language, named_rows
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import codes, partner_kinds, tie_kinds
from metrics.themes import partners_by
from metrics.themes.partnerships import (
    OF_CITIES_THAT_AIM,
    OF_KINDS,
    documented_partners,
    has_dates,
    kinds_to_choose,
    parts,
    regions_to_choose,
)
from pages.parts.elements.content import Behind, Figure, Headline, Listing, Nothing
from pages.parts.elements.map import (
    certain,
    country_names,
    filtered,
    no_partner,
    none_dated,
    on_record,
    on_the_map,
    partners,
    partners_in_countries,
    tie_items,
    when,
)
from pages.parts.elements.reading_text import paragraphs, reading_of, section
from pages.parts.elements.row_text import act_line, first_items, source_line, title_html, with_headings
from pages.parts.elements.ties import ENDED, count_of, dot_html, only_standard
from pages.parts.shell.selection import AT_ONCE, View
from wording import IN_SENTENCES

DOTS_AT_MOST = 24
PLACES_AT_MOST = 12
COUNTRIES_AT_MOST = 60


@cached_by_release()
def ties(view: View):
    """The filtered rows of `documented_partners`. The frame is cached: do not change it."""
    return filtered(view, documented_partners(view.release, view.selection.as_of))


def _figure(view: View, key: str, title: str, measure: str, drawing: object, twin, sources: tuple[str, ...] = ()) -> Figure:
    """A figure of the documented ties, with the ties behind it."""
    words, rows = view.words, ties(view)
    counted = words.n("partners.behind", len(rows))
    behind = Behind(words.n("partners.sources", rows["source_id"].nunique()), counted, lambda: _behind(view))
    return Figure(key, "partner_cities", title, measure, drawing if len(rows) else "", lambda: twin, sources, behind)


def _bars(view: View, key: str, title: str, measure: str, counts, column: str, sources: tuple[str, ...] = ()) -> Figure:
    """A figure with a bar for each row of counts, in their order; `column` is the heading of the labels in its table."""
    twin = counts[[c for c in ("label", "value", "possible", "published") if c in counts]]
    twin = twin.rename(columns={"label": column, "value": "partners", "possible": "perhaps"})
    drawing = drawn(bars.across(counts, view.palette, view.words, ordered=True))
    return _figure(view, key, title, measure, drawing, twin, sources)


def _most(counts, one: str, several: str) -> str:
    """The message of a finding: the one that names the largest of counts or, where several are as large, the other."""
    return several if (counts == counts.max()).sum() > 1 else one


def _behind(view: View) -> str:
    """The drawer of a figure: the definition, and each tie with its date and source, as HTML."""
    words, rows = view.words, ties(view)
    rows = rows.assign(name=words.names(rows)).sort_values("name")
    items = [
        f"<li>{escape(row.name)}, {escape(words.of('tie', row.type))}, {escape(when(words, row))} ({source_line(view, row.source_id)})</li>"
        for row in rows.itertuples()
    ]
    return (
        section(words.t("drawer.definition"), paragraphs([words.of("definition", "partner_cities")]))
        + f"<h3>{escape(words.n('partners.behind', len(rows)))}</h3><ul>{first_items(view, items)}</ul>"
    )


@cached_by_release()
def by_type(view: View) -> Figure:
    """Ties by kind, beside the last published count of each kind; that count is left out where regions are filtered."""
    words, palette, chosen, rows = view.words, view.palette, view.selection, ties(view)
    counts = by_value(rows, "type", partner_kinds(view.release))
    kinds = tie_kinds(view.release)
    colours = [vars(palette)[kinds[tie].colour] for tie in counts["type"]]
    counts = counts.assign(label=[words.of("tie", tie) for tie in counts["type"]], colour=colours)
    sources: tuple[str, ...] = ()
    measure = words.t("partners.by_type_measure")
    if not chosen.regions:
        marks = [reading_of(view, OF_KINDS[tie].id).benchmark if tie in OF_KINDS else None for tie in counts["type"]]
        counts = counts.assign(published=[mark.value if mark else None for mark in marks])
        sources, rest = tuple(mark.source_id for mark in marks if mark), parts(view.release, chosen.as_of)[1]
        if sources:
            known = rest > 0 and not chosen.types
            measure = words.t("partners.by_type_rest", rest=rest) if known else words.t("partners.by_type_published")
    by_kind = {tie: count_of(words, tie, value) for tie, value in zip(counts["type"], counts["value"], strict=True)}
    listed = words.t("partners.by_type_one", ties=", ".join(by_kind.values())) if by_kind else words.t("map.none")
    title = words.t("partners.by_type", **by_kind) if set(by_kind) == set(IN_SENTENCES) and only_standard(view) else listed
    return _bars(view, "by-type", title, measure, counts, "tie", sources)


@cached_by_release()
def by_region(view: View) -> Figure:
    """Ties by part of the world, the largest first."""
    words, counts = view.words, by_value(ties(view), "region", codes(view.release, "regions"))
    counts = counts.assign(label=[words.of("region", region) for region in counts["region"]])
    counts = counts.sort_values("value", ascending=False, kind="stable")
    title = words.t("map.none")
    if len(counts) == 1:
        title = words.n("partners.all_in", counts["value"].iloc[0], place=counts["label"].iloc[0])
    elif len(counts):
        most = counts["value"].iloc[0]
        title = words.n(
            _most(counts["value"], "partners.by_region", "partners.by_region_tied"),
            most,
            total=counts["value"].sum(),
            region=counts["label"].iloc[0],
        )
    return _bars(view, "by-region", title, words.t("partners.by_region_measure"), counts, "region")


@cached_by_release()
def by_decade(view: View) -> Figure | Nothing:
    """Ties by the decade of their first act; last those without a known decade. Nothing where none is known."""
    words, rows = view.words, ties(view)
    decades = partners_by.by_year(rows, last_covered(view.release, "partnerships", view.selection.as_of), 10)
    counts = partners_by.with_unknown(decades, len(partners_by.undated(rows)))
    labels = [words.t("partners.decade", decade=str(decade)) if decade else words.t("partners.no_decade") for decade in counts["decade"]]
    unknown = ["" if decade else words.number(many) for decade, many in zip(counts["decade"], counts["possible"], strict=True)]
    counts = counts.assign(label=labels, text=unknown)
    measure = words.t("partners.by_decade_measure")
    if not len(decades):
        return Nothing("by-decade", words.t("partners.none_dated"), measure)
    title = words.t("partners.none_dated")
    if counts["value"].max():
        most = counts.loc[counts["value"].idxmax()]
        title = words.n(_most(counts["value"], "partners.by_decade", "partners.by_decade_tied"), most["value"], decade=str(most["decade"]))
    return _bars(view, "by-decade", title, measure, counts, "decade")


def charts(view: View) -> tuple[Figure | Nothing, ...]:
    """The charts of kinds, regions and decades, each where there is something to compare."""
    release, on = view.release, view.selection.as_of
    several = {by_type: len(kinds_to_choose(release, on)) > 1, by_region: len(regions_to_choose(release)) > 1}
    return tuple(chart(view) for chart, tells in (several | {by_decade: first_signed(release, on) is not None}).items() if tells)


@cached_by_release()
def by_year(view: View) -> Figure | Nothing:
    """Ties by the year of their first act."""
    words, rows = view.words, ties(view)
    years = partners_by.by_year(rows, last_covered(view.release, "partnerships", view.selection.as_of))
    title = words.t("partners.none_dated")
    if len(years) and years["certain"].max():
        most = years.loc[years["certain"].idxmax()]
        title = words.n(_most(years["certain"], "partners.by_year", "partners.by_year_tied"), most["certain"], year=str(most["year"]))
    without = len(partners_by.undated(rows))
    measure = words.n("partners.by_year_measure", without) if without else words.t("partners.by_year_known")
    if not len(years):
        return Nothing("by-year", title, measure)
    twin = years.rename(columns={"certain": "partners", "possible": "perhaps"})
    return _figure(view, "by-year", title, measure, drawn(bars.by_year(years, view.palette, words)), twin)


@cached_by_release()
def countries_figure(view: View) -> Figure:
    """Ties by country, those in the home city's own country last and apart; the drawing is HTML."""
    words, rows = view.words, ties(view)
    rows = rows[rows["certain"]]
    rows = rows.assign(name=words.names(rows), country=rows["country_code"].map(country_names(view)))
    own = country_names(view).get(home_country(view.release), "")
    counts, home = partners_by.countries(rows, partner_kinds(view.release), last=own), int((rows["country"] == own).sum())
    abroad, first = len(counts) - bool(home), counts.iloc[0]
    keys = ("partners.by_country", "partners.by_country_tied")
    if home:
        keys = ("partners.by_country_abroad", "partners.by_country_abroad_tied")
    key = _most(counts["partners"].head(abroad), *keys)
    title = words.n(key, first["partners"], total=len(rows) - home, country=first["country"])
    if len(counts) == 1:
        title = words.n("partners.all_in", len(rows), place=first["country"])
    elif abroad == 1:
        title = words.n("partners.all_abroad_in", len(rows) - home, place=first["country"])
    measure = words.n("partners.by_country_measure", abroad or 1)
    if home and abroad:
        measure = words.t("partners.by_country_and_home", measure=measure, home=words.n("count.at_home", home))
    items = first_items(view, [_country(view, row) for row in counts.head(COUNTRIES_AT_MOST + 1).itertuples()], COUNTRIES_AT_MOST)
    twin = counts[["country", "partners", "cities"]].rename(columns={"cities": "partner_names"})
    return _figure(view, "by-country", title, measure, f'<ul class="countries">{items}</ul>', twin)


def _country(view: View, row) -> str:
    # Above DOTS_AT_MOST the number alone is clearer.
    dots = "".join(dot_html(view, tie) for tie in row.types) if row.partners <= DOTS_AT_MOST else ""
    more = len(row.names) - PLACES_AT_MOST
    cities = ", ".join([*row.names[:PLACES_AT_MOST], *([view.words.t("partners.and_more", n=more)] if more > 0 else [])])
    drawn = f'<span class="dots">{dots}</span>'
    many = f' <span class="many">{escape(view.words.number(row.partners))}</span>' if row.partners > 1 else ""
    place = "when" if row.partners > 1 else "only"
    return f'<li><b>{escape(row.country)}</b> {drawn}{many}<span class="{place}">{escape(cities)}</span></li>'


READINGS = (
    "partner_cities",
    "sister_cities",
    "friendship_cities",
    "partner_countries",
    "new_partners_5y",
    "partner_growth_5y",
)
"""The readings under the first sentences."""
ENDS = 3
"""How many of the newest and of the oldest ties are named."""
UNDATED_AT_MOST = 5


@cached_by_release()
def readings(view: View) -> tuple[str, ...]:
    """The readings under the first sentences: READINGS, and those of OF_CITIES_THAT_AIM that have a target on the date."""
    return (*READINGS, *(id for id in OF_CITIES_THAT_AIM if target(view.release, id, view.selection.as_of)))


@cached_by_release()
def headline(view: View) -> Headline:
    """The headline: how many partners of which kind in how many countries, the newest and the oldest."""
    return Headline(" ".join(filter(None, (_whole(view), _ends(view)))))


def _whole(view: View) -> str:
    words, on = view.words, view.selection.as_of
    partners, countries = (reading_of(view, indicator) for indicator in ("partner_cities", "partner_countries"))
    if not partners.value:
        return no_partner(view)
    fields, (kinds, rest) = partners_in_countries(view, partners, countries), parts(view.release, on)
    two, there = only_standard(view), {tie: count_of(words, tie, n) for tie, n in kinds.items() if n}
    listed = words.t("partners.kinds", **there) if two and len(there) == len(IN_SENTENCES) else ", ".join(there.values())
    settled = all(reading_of(view, OF_KINDS[tie].id).upper == n for tie, n in kinds.items() if tie in OF_KINDS)
    ties = {"kinds": escape(listed if settled else words.t("bounds.open", lower=listed))}
    # A missing count is not zero, and the counts by kind may be newer than the total.
    if rest < 0 or len(there) < 2 or (two and len(there) < len(kinds)):
        return words.t("partners.headline_whole", **fields)
    return words.t("partners.headline" if rest else "partners.headline_two", rest=rest, **ties, **fields)


def _ends(view: View) -> str:
    rows = documented_partners(view.release, view.selection.as_of)
    last, first = partners_by.newest(rows, 1), partners_by.oldest(rows, 1)
    if not len(last) or not len(first) or last.iloc[0]["city_id"] == first.iloc[0]["city_id"]:
        return ""
    last, first, name = last.iloc[0], first.iloc[0], view.words.name
    oldest_fields = {"oldest": escape(name(first)), "oldest_when": When(first["since"])}
    return view.words.t("partners.ends", newest=escape(name(last)), newest_when=When(last["became"]), **oldest_fields)


@cached_by_release()
def ends(view: View) -> Listing | None:
    """The newest ties and, where there are others, the oldest, each with its source; None where nothing is dated."""
    if not has_dates(view.release):
        return None
    rows, words = documented_partners(view.release, view.selection.as_of), view.words
    lists = {"": partners_by.newest}
    if len(partners_by.newest(rows, ENDS + 1)) > ENDS:
        lists[words.t("partners.oldest")] = partners_by.oldest
    groups = tuple((title, tie_items(view, first(rows, ENDS))) for title, first in lists.items())
    return Listing("ends", words.t("newest.ties"), "", groups, none_dated(view))


@cached_by_release()
def without_year(view: View) -> Listing:
    """The ties without a known year, by name, with what is known of their dates."""
    words, rows = view.words, partners_by.undated(ties(view))
    if not len(rows):
        return Listing("undated", words.t("partners.all_dated"), "", (("", ()),), "")
    title, measure = words.n("partners.undated", len(rows)), words.t("partners.undated_measure")
    return Listing("undated", title, measure, (("", tie_items(view, rows)),), "", most=UNDATED_AT_MOST)


def map_heading(view: View, until: date) -> str:
    """How many had certainly signed by a day, and how many more may have, as HTML; "" where no tie is dated."""
    if first_signed(view.release, view.selection.as_of) is None:
        return ""
    words, many = view.words, len(on_record(view, until))
    perhaps = len(filtered(view, partners(view, until))) - many
    return title_html(words.n("partners.on_the_map", many, day=until), words.n("partners.perhaps_more", perhaps) if perhaps else "")


COLUMNS = ("partner_city", "country", "region", "tie", "signed", "first_year", "agreements", "source")


@cached_by_release()
def columns(view: View) -> tuple[str, ...]:
    """Those of COLUMNS that tell something of any row: no dates where none is known, no sources where none has an address."""
    rows = complete(view)
    told = {"signed": rows["began"], "first_year": rows["began"], "source": rows["source"].fillna("")}
    return tuple(column for column in COLUMNS if column not in told or (told[column] != "").any())


def orders(view: View) -> tuple[str, ...]:
    """Those of `partners_by.ORDERS` in which the rows differ."""
    return tuple(order for order in partners_by.ORDERS if order != "since" or "signed" in columns(view))


@cached_by_release()
def complete(view: View):
    """The rows with all columns of the list in the reader's language, and `searched`: the names in all languages."""
    words = view.words
    sources = view.release.tables["sources"].set_index("source_id")["url"]
    countries = in_every_language(named_rows(view.release, "country").set_index("country_code"), "name")
    rows = on_the_map(view)
    return rows.assign(
        searched=in_every_language(rows, "name") + "\n" + rows["country_code"].map(countries).fillna(""),
        partner_city=rows["name"],
        tie=rows["line"],
        signed=rows["began"]
        .map({text: words.edtf(text) for text in rows["began"].unique()})
        .where(rows["certain"] & (rows["dot"] != ENDED), rows["since"]),
        place=rows["region"].map({region: words.of("region", region) for region in rows["region"].unique()}),
        first_year=partners_by.first_years(rows["began"]),
        agreements=rows["city_id"].map(view.release.tables["agreements"]["city_id"].value_counts()),
        source=rows["source_id"].map(sources),
    )


@cached_by_release()
def matching_partners(view: View, query: str, order: str):
    """The rows that match a search, sorted."""
    return partners_by.in_order(partners_by.matching(complete(view), query, ["searched"]), order, codes(view.release, "tie_kinds"))


def list_title(view: View, matches: int, query: str) -> str:
    """How many partners are listed, and how many of these are uncertain or match the search."""
    everyone, sure = len(on_record(view)), certain(view)
    if query.strip():
        return view.words.n("partners.found", matches, total=len(complete(view)), text=query.strip())
    if beside := len(complete(view)) - everyone:
        return view.words.n("partners.list_and_others", everyone, others=beside)
    if sure < everyone:
        return view.words.n("partners.list_and_perhaps", sure, perhaps=everyone - sure)
    return view.words.n("partners.list", sure) if sure else view.words.t("map.none")


def in_columns(view: View, rows):
    """The columns of the list with their headings."""
    return with_headings(view, rows.drop(columns="region").rename(columns={"place": "region"}), COLUMNS)


@cached_by_release()
def first_signed(release: Release, on: date) -> int | None:
    """The year of the slider's first position, as `metrics.themes.partners_by.first_year` gives it."""
    return partners_by.first_year(documented_partners(release, on))


@cached_by_release()
def lines(view: View, query: str, order: str, first: int) -> tuple[list, ...]:
    """A page of the list: each row is its city's id followed by its cells."""
    rows = matching_partners(view, query, order).iloc[first : first + AT_ONCE]
    cells = rows.assign(
        region=rows["place"],
        signed=[list(pair) for pair in zip(rows["signed"], rows["began"], strict=True)],
        first_year=rows["first_year"].astype(object).where(rows["first_year"].notna(), None),
        source=[[address] for address in rows["source"]],
    )
    return tuple(map(list, zip(rows["city_id"], *(cells[column] for column in columns(view)), strict=True)))


def agreements_html(view: View, row) -> str:
    """A partner with all its agreements, of all roles, each with date, role, note and source."""
    words, acts = view.words, partners_by.agreements_of(view.release, row["city_id"])
    items = "".join(
        f"<li>{escape(act_line(view, act))}"
        f'<span class="when">{escape(words.of("role", act["role"]))}. {escape(words.name(act, "note"))} '
        f"{source_line(view, act['source_id'])}</span></li>"
        for _, act in acts.iterrows()
    )
    return (
        f"{title_html(row['name'])}<p>{escape(row['country'])}, {escape(row['place'])}</p>"
        f"<p>{escape(row['line'])}, {escape(row['since'])}</p>"
        f'<h3>{escape(words.n("partners.agreements", len(acts)))}</h3><ul class="list">{items}</ul>'
    )
