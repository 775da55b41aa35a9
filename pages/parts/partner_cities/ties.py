"""Charts of the documented ties: by kind, region, decade, year and country."""

from html import escape

from charts import bars
from charts.theme import drawn
from metrics.counting.coverage import last_covered
from metrics.indicators.registry import read
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import partners_by
from metrics.themes.partnerships import documented_partners, parts
from pages.parts.elements.content import Behind, Figure
from pages.parts.elements.map import filtered, when
from pages.parts.elements.row_text import first_items, source_line
from pages.parts.shell.selection import View

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


def _behind(view: View) -> str:
    """The drawer of a figure: the definition, and each tie with its date and source, as HTML."""
    words, rows = view.words, ties(view)
    rows = rows.assign(name=words.names(rows)).sort_values("name")
    items = [
        f"<li>{escape(row.name)}, {escape(words.of('tie', row.type))}, {escape(when(words, row))} ({source_line(view, row.source_id)})</li>"
        for row in rows.itertuples()
    ]
    return (
        f"<h3>{escape(words.t('drawer.definition'))}</h3><p>{escape(words.of('definition', 'partner_cities'))}</p>"
        f"<h3>{escape(words.n('partners.behind', len(rows)))}</h3><ul>{first_items(view, items)}</ul>"
    )


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
    only = words.t("partners.by_type_one", ties=next(iter(kinds.values()))) if kinds else words.t("map.none")
    title = words.t("partners.by_type", **kinds) if len(kinds) == 2 else only
    return _bars(view, "by-type", title, measure, counts, "tie", sources)


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
    return _bars(view, "by-region", title, words.t("partners.by_region_measure"), counts, "region")


@cached_by_release()
def by_decade(view: View) -> Figure:
    """Ties by the decade of their first act; last those without a known decade."""
    words, rows = view.words, ties(view)
    decades = partners_by.by_decade(rows, last_covered(view.release, "partnerships", view.selection.as_of))
    counts = partners_by.with_unknown(decades, len(partners_by.undated(rows)))
    labels = [words.t("partners.decade", decade=str(decade)) if decade else words.t("partners.no_decade") for decade in counts["decade"]]
    unknown = ["" if decade else words.number(many) for decade, many in zip(counts["decade"], counts["possible"], strict=True)]
    counts = counts.assign(label=labels, text=unknown)
    title = words.t("partners.none_dated")
    if len(counts) and counts["value"].max():
        most = counts.loc[counts["value"].idxmax()]
        title = words.n("partners.by_decade", most["value"], decade=str(most["decade"]))
    return _bars(view, "by-decade", title, words.t("partners.by_decade_measure"), counts, "decade")


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
    return _figure(view, "by-year", title, measure, drawn(bars.by_year(years, view.palette, words)), twin)


@cached_by_release()
def countries_figure(view: View) -> Figure:
    """Ties by country; the drawing is HTML."""
    words, lang, rows = view.words, view.selection.lang, ties(view)
    rows = rows[rows["certain"]]
    countries = names(view.release, "country", lang)
    counts = partners_by.countries(rows.assign(name=words.names(rows), country=rows["country_code"].map(countries)))
    first = counts.iloc[0]
    title = words.n("partners.by_country", first["partners"], total=len(rows), country=first["country"])
    if len(counts) == 1:
        title = words.n("partners.all_in", len(rows), place=first["country"])
    measure = words.n("partners.by_country_measure", len(counts))
    items = first_items(view, [_country(view, row) for row in counts.head(COUNTRIES_AT_MOST + 1).itertuples()], COUNTRIES_AT_MOST)
    return _figure(view, "by-country", title, measure, f'<ul class="countries">{items}</ul>', counts[["country", "partners", "cities"]])


def _country(view: View, row) -> str:
    # Above DOTS_AT_MOST the number alone is clearer.
    dots = "".join(f'<i class="dot-{tie}"></i>' for tie in row.types) if row.partners <= DOTS_AT_MOST else ""
    more = len(row.names) - PLACES_AT_MOST
    cities = ", ".join([*row.names[:PLACES_AT_MOST], *([view.words.t("partners.and_more", n=more)] if more > 0 else [])])
    drawn = f'<span class="dots">{dots}</span>'
    many = f' <span class="many">{escape(view.words.number(row.partners))}</span>' if row.partners > 1 else ""
    place = "when" if row.partners > 1 else "only"
    return f'<li><b>{escape(row.country)}</b> {drawn}{many}<span class="{place}">{escape(cities)}</span></li>'
