"""Policy exports: the headline, the charts, and the map with its cities or countries."""

from collections.abc import Iterable, Sequence
from functools import partial
from html import escape

from charts import clusters
from charts.bars import across
from charts.bars import by_year as columns_by_year
from charts.clusters import EXPORT_SIZES, export_legend, export_world, sizes
from charts.exports import documented as totals_chart
from charts.map import World, world
from charts.theme import drawn
from metrics.counting.coverage import last_covered
from metrics.counting.reading import Reading, When
from metrics.indicators.course import Course, course
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.schema.vocabulary import city_levels, codes
from metrics.themes import exports_by
from pages.parts.elements.content import Figure, Headline, Nothing
from pages.parts.elements.key_figures import exports_title, published, sources_of, undated
from pages.parts.elements.map import CityMap, by_country, door, home_of, key_of, worded
from pages.parts.elements.reading_text import reading_of
from pages.parts.elements.row_text import first_items, source_line
from pages.parts.elements.ties import dot
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

TOTAL = "exported_projects"
READINGS = ("exported_projects", "export_cities", "export_countries", "exports_share_5y")
"""The readings under the first sentences."""
SPLIT_HEIGHT = 240
"""Pixels; as tall as the chart of totals beside it."""


def headline(view: View) -> str:
    """The headline: how many projects to how many places, and how many of them are documented."""
    whole, words, city = reading_of(view, TOTAL), view.words, escape(view.home_name)
    sentences = [_counts(view, city, whole)] if whole.value else [words.t("exports.headline_none", city=city)]
    if whole.benchmark and whole.value:
        many = strong(words.number(whole.documented))
        sentences.append(words.n("exports.headline_documented", whole.documented, documented=many))
    return Headline(" ".join(sentences))


def _counts(view: View, city: str, whole: Reading) -> str:
    words = view.words
    counted = {
        "projects": ("count.projects", whole),
        "cities": ("count.export_cities", reading_of(view, "export_cities")),
        "countries": ("count.countries", reading_of(view, "export_countries")),
    }
    marks = [reading.benchmark for _, reading in counted.values() if reading.benchmark and not reading.added]
    if len(marks) == len(counted):
        # Only published counts: the newest of the three gives the date.
        fields = {name: strong(words.n(key, reading.benchmark.value)) for name, (key, reading) in counted.items()}
        return words.t("exports.headline", city=city, as_of=When(max(marks, key=lambda mark: mark.day).as_of), **fields)
    fields = {name: strong(words.counted(key, reading)) for name, (key, reading) in counted.items()}
    if not whole.benchmark:
        return words.t("exports.headline_register", city=city, **fields)
    of_city = {"counted": whole.benchmark.value, "as_of": When(whole.benchmark.as_of)}
    return words.n("exports.headline_more", len(whole.added), city=city, **of_city, **fields)


def none_documented(view: View, key: str) -> Nothing:
    """The placeholder where no project is documented."""
    return Nothing(key, view.words.t("exports.none_title"), view.words.t("exports.none"))


@cached_by_release(16)
def chosen_projects(view: View):
    """The rows of `exports_by.projects` in the chosen regions. The frame is cached: do not change it."""
    everyone = exports_by.projects(view.release, view.selection.as_of)
    return exports_by.within(everyone, exports_by.places(view.release), view.selection.regions)


@cached_by_release()
def totals(view: View) -> Figure | Nothing:
    """Published totals as rings, with the line of documented projects."""
    words, reading, run = view.words, reading_of(view, TOTAL), course(view.release, TOTAL, view.selection.as_of)
    if not len(run.published) and not reading.value:
        return Nothing("totals", words.t("exports.title_none"), words.t("newest.none"))
    steps, quiet = exports_by.documented_steps(view.release, view.selection.as_of), exports_by.silence(run.published)
    quiet = quiet.assign(label=[words.n("chart.silence", years) for years in quiet["years"]])
    drawing = totals_chart(steps, published(view, run), run.breaks, quiet, view.palette, words, undated(view, run))
    title, measure, sources = _totals_title(view, reading, quiet), words.t("exports.totals_measure"), sources_of(run, reading)
    return Figure("totals", TOTAL, title, measure, drawn(drawing), lambda: _totals_table(run, steps), sources)


def _totals_title(view: View, reading: Reading, quiet) -> str:
    words = view.words
    for gap in quiet.itertuples():
        days = {"since": When(f"{gap.since:%Y-%m}"), "until": When(f"{gap.until:%Y-%m}")}
        return words.n("exports.title_silence", gap.years, before=gap.before, after=gap.after, **days)
    return exports_title(view, reading)


def _totals_table(run: Course, steps):
    """The table of the totals: a row for each day with a change of the register or a published total."""
    register = steps[["day", "value"]].rename(columns={"value": "documented"}).drop_duplicates("day", keep="last")
    published = run.published[["day", "value"]].rename(columns={"value": "published"}).drop_duplicates("day", keep="last")
    both = register.merge(published, on="day", how="outer").sort_values("day")
    return both.assign(documented=both["documented"].ffill(), day=both["day"].dt.strftime("%Y-%m-%d"))


@cached_by_release()
def split(view: View) -> Figure | Nothing:
    """The newest published split by field, beside the documented projects of the same day."""
    words, split_data = view.words, exports_by.split(view.release, view.selection.as_of)
    if split_data is None:
        return Nothing("split", words.t("exports.title_none"), words.t("exports.split_none"))
    rows = split_data.rows[split_data.rows[["published", "value", "possible"]].fillna(0).sum(axis=1) > 0]
    rows = rows.assign(label=[words.of("sector", sector) if sector else words.t("exports.split_rest") for sector in rows["sector"]])
    key = "exports.split_measure_open" if split_data.whole is None else "exports.split_measure"
    measure = words.t(key, whole=split_data.whole or 0, as_of=When(split_data.as_of), itemised=split_data.itemised)
    measure = words.t("exports.split_merged", measure=measure) if split_data.merged else measure
    drawing = across(rows[["label", "value", "possible", "published"]], view.palette, words, ordered=True)
    drawing["layout"]["height"] = SPLIT_HEIGHT
    twin = rows[["label", "published", "value", "possible"]].set_axis(["sector", "published", "documented", "possible"], axis=1)
    return Figure("split", TOTAL, _split_title(view, split_data), measure, drawn(drawing), lambda: twin, (split_data.source_id,))


def _split_title(view: View, split_data: exports_by.Split) -> str:
    words, first = view.words, split_data.rows.iloc[0]
    fields = {"published": first["published"], "value": first["value"], "as_of": When(split_data.as_of)}
    fields["sector"] = words.of("sector", first["sector"])
    return words.t("exports.split_title", **fields)


@cached_by_release()
def by_year(view: View) -> Figure | Nothing:
    """Documented starts by year."""
    words, rows = view.words, chosen_projects(view)
    years = exports_by.by_year(rows, last_covered(view.release, "exports", view.selection.as_of))
    if not len(years) or not years["certain"].max():
        return Nothing("years", words.t("exports.year_none"), words.t("exports.none"))
    most = int(years["certain"].max())
    tied = ", ".join(str(year) for year in years.loc[years["certain"] == most, "year"])
    title = words.t("exports.year_title", n=most, years=tied)
    measure = words.n("exports.year_measure", exports_by.without_year(rows))
    drawing = columns_by_year(years, view.palette, words)
    return Figure("years", TOTAL, title, measure, drawn(drawing), lambda: years, _sources(rows))


@cached_by_release()
def by_sector(view: View) -> Figure | Nothing:
    """Documented projects by field."""
    groups = exports_by.by_sector(chosen_projects(view), codes(view.release, "sectors"))
    most = groups.loc[groups["value"] == groups["value"].max(), "sector"]
    key = "exports.sector_title_tied" if len(most) > 1 else "exports.sector_title"
    title = view.words.t(key, sector=", ".join(_name(view, "sector", sector) for sector in most), **_most(view, groups))
    return _across(view, "sectors", groups, "sector", title)


@cached_by_release()
def by_region(view: View) -> Figure | Nothing:
    """Documented projects by region."""
    groups = exports_by.by_region(chosen_projects(view), exports_by.places(view.release), codes(view.release, "regions"))
    first = _name(view, "region", groups.loc[groups["value"].idxmax(), "region"]) if len(groups) else ""
    return _across(view, "regions", groups, "region", view.words.t("exports.region_title", region=first, **_most(view, groups)))


@cached_by_release()
def by_state(view: View) -> Figure | Nothing:
    """Documented projects by state."""
    rows = chosen_projects(view)
    groups = exports_by.by_status(rows)
    working = int(groups.loc[groups["status"].isin(("operating", "completed")), "value"].sum())
    groups = groups if groups[["value", "possible"]].to_numpy().any() else groups.head(0)
    title = view.words.t("exports.status_title", n=working, documented=exports_by.documented(rows))
    return _across(view, "states", groups, "status", title)


@cached_by_release()
def not_counted(view: View) -> Figure | Nothing:
    """The records that are not counted, in a fainter colour."""
    words, groups = view.words, exports_by.not_counted(chosen_projects(view))
    many = int((groups["value"] + groups["possible"]).sum())
    return _across(
        view, "uncounted", groups, "status", words.n("exports.shown_title", many) if len(groups) else words.t("exports.shown_none")
    )


def _most(view: View, groups) -> dict[str, int]:
    return {"n": int(groups["value"].max()) if len(groups) else 0, "documented": exports_by.documented(chosen_projects(view))}


def _name(view: View, column: str, value: str) -> str:
    return view.words.of(column, value) if value else view.words.t("exports.region_none")


def _across(view: View, key: str, groups, column: str, title: str) -> Figure | Nothing:
    """Groups of projects as horizontal bars; Nothing where there is no group."""
    words, counted = view.words, key != "uncounted"
    if not len(groups):
        return none_documented(view, key) if counted else Nothing(key, title, words.t("exports.none"))
    if counted and not groups["value"].sum():
        title = words.t("exports.unsure_title")
    named = groups.assign(label=[_name(view, column, value) for value in groups[column]])[["label", "value", "possible"]]
    colour = view.palette.muted if counted else view.palette.border
    drawing = drawn(across(named, view.palette, words, colour, ordered=column == "status"))
    measure = words.t(f"exports.{column if counted else 'shown'}_measure")
    twin = named.set_axis([column, "documented", "possible"], axis=1)
    return Figure(key, TOTAL, title, measure, drawing, lambda: twin, _sources(chosen_projects(view), "counted" if counted else "shown"))


def _sources(rows, part: str = "counted") -> tuple[str, ...]:
    """The most frequent source of the rows; the list names every source."""
    return tuple(rows.loc[rows[part], "source_id"].value_counts(sort=True).head(1).index)


@cached_by_release(16)
def cities_on_the_map(view: View):
    """The filtered cities with name, country and counts in the reader's language; those with the most projects first."""
    words, lang, cities = view.words, view.selection.lang, exports_by.on_the_map(view.release, chosen_projects(view))
    # Translated once for each number, not for each city.
    counted = {n: words.n("exports.at_city", n) if n else words.t("exports.at_city_none") for n in cities["exported"].unique()}
    uncounted = {n: words.n("exports.at_city_shown", n) if n else "" for n in cities["shown"].unique()}
    countries = cities["country_code"].map(names(view.release, "country", lang))
    lines = {"line": cities["exported"].map(counted), "since": cities["shown"].map(uncounted)}
    readable = cities.assign(name=words.names(cities), country=countries, **lines)
    return readable.sort_values(["exported", "shown", "name"], ascending=[False, False, True])


@cached_by_release(16)
def countries_on_the_map(view: View):
    """A row for each country, where there are too many cities for a dot each; else None."""
    cities = cities_on_the_map(view)
    parts = {"exported": partial(view.words.n, "map.export_counted"), "shown": partial(view.words.n, "map.shown")}
    kinds = (cities["exported"] > 0).map({True: "exported", False: "shown"})
    return by_country(view, cities, kinds, "map.export_country", parts, sized_by="exported")


def map_title(view: View) -> str:
    """The title of the map: in how many cities projects are on record."""
    words, cities = view.words, cities_on_the_map(view)
    cities = cities[cities["level"].isin(city_levels(view.release))]
    if not len(cities):
        return words.t("exports.map_none")
    counted, others = int((cities["exported"] > 0).sum()), int((cities["exported"] == 0).sum())
    return words.n("exports.map_title", others, cities=words.n("count.export_cities", counted))


@cached_by_release()
def drawn_map(view: View, city: str, country: str) -> World:
    """The map, the chosen city or country ringed. Needs a home city."""
    countries = countries_on_the_map(view)
    if countries is None:
        return export_world(cities_on_the_map(view), home_of(view), view.palette, city or None)
    return world(countries, home_of(view), view.palette, key_of(countries, country), clusters.KINDS)


def map_dots(view: View, countries) -> Iterable[Sequence]:
    """The dots of the legend."""
    return worded(view, export_legend(view.palette) if countries is None else clusters.legend(view.palette, True))


def project_map(view: View, rows, city: str) -> CityMap:
    """The map of projects, with the chosen city and its projects among `rows`."""
    words, cities, countries = view.words, cities_on_the_map(view), countries_on_the_map(view)
    chosen = next(iter(cities[cities["city_id"] == city].to_dict("records")), {})
    fields = {"city": view.home_name, "n": len(cities)}
    grouped = {} if countries is None else {"countries": len(countries)}
    return CityMap(
        key="export-map",
        page="policy_exports",
        countries=countries,
        chosen=chosen,
        where=", ".join(filter(None, (chosen["country"], chosen["line"], chosen["since"]))) if chosen else "",
        records=lambda: _projects(view, rows, city),
        drawn=lambda country: drawn_map(view, chosen.get("city_id", ""), country),
        alt=words.t("map.export_alt", **fields, **grouped) if grouped else words.n("exports.map_alt", len(cities), city=view.home_name),
        items=lambda country: _cities_html(view, country),
        lists=(words.t("exports.map_list"), words.t("map.export_list")),
        empty=words.t("exports.none"),
        back=words.t("exports.map_close"),
        dots=map_dots(view, countries),
        look="list dots",
    )


def _projects(view: View, rows, city: str) -> str:
    """The projects in a city, counted or not, each with its state, start and source."""
    words = view.words
    items = [
        f"<li>{escape(words.name(row, 'project'))}"
        f'<span class="when">{escape(words.of("status", row["status"]))}, {escape(words.edtf(row["started"]))}. '
        f"{source_line(view, row['source_id'])}</span></li>"
        for _, row in exports_by.listed(exports_by.at_city(view.release, rows, city)).iterrows()
    ]
    return first_items(view, items)


def _cities_html(view: View, country: str) -> list[str]:
    """The cities, or those of one country, as items of a list."""
    dots = {key.removeprefix("chart.map_"): dot(*look) for key, *look in export_legend(view.palette)}
    cities = cities_on_the_map(view)
    cities = cities[cities["country_code"] == country] if country else cities
    called = cities["name"] if country else cities["name"] + ", " + cities["country"]
    return [
        door(row.city_id, f'<i style="{dots[row.kind]}"></i>{escape(row.called)}', [", ".join(filter(None, (row.line, row.since)))])
        for row in cities.assign(kind=sizes(cities["exported"], EXPORT_SIZES), called=called).itertuples()
    ]
