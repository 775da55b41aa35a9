"""Charts of the documented ties: by kind, region, decade, year and country."""

from html import escape

from charts import bars
from charts.theme import drawn
from metrics.counting.coverage import last_covered
from metrics.indicators.registry import read
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import partners_by
from metrics.themes.partnerships import documented_partners, home_country, parts
from pages.parts.elements.content import Figure
from pages.parts.elements.map import filtered
from pages.parts.elements.source_text import first_items
from pages.parts.shell.selection import View

BEHIND_AT_MOST = 100
DOTS_AT_MOST = 24
PLACES_AT_MOST = 12
COUNTRIES_AT_MOST = 60


@cached_by_release()
def ties(view: View):
    """The filtered rows of `documented_partners`. The frame is cached: do not change it."""
    return filtered(view, documented_partners(view.release, view.selection.as_of))


@cached_by_release()
def sources_html(view: View) -> str:
    """How many sources the ties have."""
    return escape(view.words.n("partners.sources", ties(view)["source_id"].nunique()))


def _figure(key: str, title: str, measure: str, drawing: object, twin, sources: tuple[str, ...] = ()) -> Figure:
    return Figure(key, "partner_cities", title, measure, drawing, twin, sources)


@cached_by_release()
def by_type(view: View) -> Figure:
    """Ties by kind, beside the last published count of each kind; that count is left out where regions are filtered."""
    words, palette, chosen, rows = view.words, view.palette, view.selection, ties(view)
    counts = partners_by.by(rows, "type")
    counts = counts.assign(label=[words.of("tie", tie) for tie in counts["type"]], colour=[getattr(palette, tie) for tie in counts["type"]])
    sources: tuple[str, ...] = ()
    measure = words.t("partners.by_type_measure")
    if not chosen.regions:
        marks = {tie: read(f"{tie}_cities", view.release, chosen.as_of).benchmark for tie in counts["type"]}
        counts = counts.assign(published=[mark.value if mark else None for mark in marks.values()])
        sources = tuple(dict.fromkeys(mark.source_id for mark in marks.values() if mark))
        rest = parts(view.release, chosen.as_of)["rest"]
        if sources:
            known = rest > 0 and not chosen.types
            measure = words.t("partners.by_type_rest", rest=rest) if known else words.t("partners.by_type_published")
    kinds = {tie: words.n(f"count.{tie}_cities", value) for tie, value in zip(counts["type"], counts["value"], strict=True)}
    title = words.t("partners.by_type", **kinds) if len(kinds) == 2 else _single_kind_title(view, kinds)
    columns = {"label": "tie", "value": "partners", "possible": "perhaps"}
    twin = counts[[c for c in ("label", "value", "possible", "published") if c in counts]].rename(columns=columns)
    return _figure("by-type", title, measure, drawn(bars.across(counts, palette, words, ordered=True)), lambda: twin, sources)


def _single_kind_title(view: View, kinds: dict[str, str]) -> str:
    only = next(iter(kinds.values()), "")
    return view.words.t("partners.by_type_one", ties=only) if only else view.words.t("map.none")


@cached_by_release()
def by_region(view: View) -> Figure:
    """Ties by part of the world, the largest first."""
    words, rows = view.words, ties(view)
    counts = partners_by.by(rows, "region")
    counts = counts.assign(label=[words.of("region", region) for region in counts["region"]])
    counts = counts.sort_values("value", ascending=False, kind="stable")
    title = words.t("map.none")
    if len(counts) == 1:
        title = words.n("partners.all_in", counts["value"].iloc[0], place=counts["label"].iloc[0])
    elif len(counts):
        title = words.n("partners.by_region", counts["value"].iloc[0], total=counts["value"].sum(), region=counts["label"].iloc[0])
    twin = counts[["label", "value", "possible"]].rename(columns={"label": "region", "value": "partners", "possible": "perhaps"})
    drawing = drawn(bars.across(counts, view.palette, words, ordered=True))
    return _figure("by-region", title, words.t("partners.by_region_measure"), drawing, lambda: twin)


@cached_by_release()
def by_decade(view: View) -> Figure:
    """Ties by the decade of their first act; last those without a known decade."""
    words, palette, rows = view.words, view.palette, ties(view)
    decades = partners_by.by_decade(rows, last_covered(view.release, "partnerships", view.selection.as_of))
    counts = partners_by.with_unknown(decades, len(partners_by.undated(rows)))
    labels = [words.t("partners.decade", decade=str(decade)) if decade else words.t("partners.no_decade") for decade in counts["decade"]]
    unknown = ["" if decade else words.number(many) for decade, many in zip(counts["decade"], counts["possible"], strict=True)]
    counts = counts.assign(label=labels, text=unknown)
    title = words.t("partners.none_dated")
    if len(counts) and counts["value"].max():
        most = counts.loc[counts["value"].idxmax()]
        title = words.n("partners.by_decade", most["value"], decade=str(most["decade"]))
    twin = counts[["label", "value", "possible"]].rename(columns={"label": "decade", "value": "partners", "possible": "perhaps"})
    drawing = drawn(bars.across(counts, palette, words, ordered=True))
    return _figure("by-decade", title, words.t("partners.by_decade_measure"), drawing, lambda: twin)


@cached_by_release()
def by_year(view: View) -> Figure:
    """Ties by the year of their first act."""
    words, rows = view.words, ties(view)
    years = partners_by.by_year(rows, last_covered(view.release, "partnerships", view.selection.as_of))
    title = words.t("partners.none_dated")
    if len(years) and years["certain"].max():
        most = years.loc[years["certain"].idxmax()]
        title = words.n("partners.by_year", most["certain"], year=str(most["year"]))
    without = len(partners_by.undated(rows))
    measure = words.n("partners.by_year_measure", without) if without else words.t("partners.by_year_known")
    twin = years.rename(columns={"certain": "partners", "possible": "perhaps"})
    return _figure("by-year", title, measure, drawn(bars.by_year(years, view.palette, words)), lambda: twin)


@cached_by_release()
def countries_figure(view: View) -> Figure:
    """Ties by country; the drawing is HTML."""
    words, lang, rows = view.words, view.selection.lang, ties(view)
    rows = rows[rows["certain"]]
    countries = names(view.release, "country", lang)
    own = home_country(view.release)
    countries = countries.mask(countries.index == own, words.t("country.own", country=countries.get(own, "")))
    counts = partners_by.countries(rows.assign(name=words.names(rows), country=rows["country_code"].map(countries)))
    first = counts.iloc[0]
    title = words.n("partners.by_country", first["partners"], total=len(rows), country=first["country"])
    if len(counts) == 1:
        title = words.n("partners.all_in", len(rows), place=first["country"])
    measure = words.n("partners.by_country_measure", len(counts))
    items = first_items(view, [_country(view, row) for row in counts.head(COUNTRIES_AT_MOST + 1).itertuples()], COUNTRIES_AT_MOST)
    twin = counts[["country", "partners", "cities"]]
    return _figure("by-country", title, measure, f'<ul class="countries">{items}</ul>', lambda: twin)


def _country(view: View, row) -> str:
    # Above DOTS_AT_MOST the number alone is clearer.
    dots = "".join(f'<i class="dot-{tie}"></i>' for tie in row.types) if row.partners <= DOTS_AT_MOST else ""
    more = len(row.names) - PLACES_AT_MOST
    cities = ", ".join([*row.names[:PLACES_AT_MOST], *([view.words.t("partners.and_more", n=more)] if more > 0 else [])])
    drawn = f'<span class="dots">{dots}</span>'
    many = f' <span class="many">{escape(view.words.number(row.partners))}</span>' if row.partners > 1 else ""
    place = "when" if row.partners > 1 else "only"
    return f'<li><b>{escape(row.country)}</b> {drawn}{many}<span class="{place}">{escape(cities)}</span></li>'
