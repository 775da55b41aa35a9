"""The rows that a form makes, in every table that it needs: read like a file, with proposed identifiers. Stores nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_
from urllib.parse import urlsplit

import pandas as pd

from metrics.schema.dates import bounds, is_date
from metrics.schema.names import columns, known_languages
from metrics.schema.problems import Problem
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from publishing.changes.rows import entered, raw, with_row
from publishing.files.intake import together
from publishing.forms.declared import CITY, Form
from publishing.forms.places import City
from publishing.new_city.tables import free, with_cities
from publishing.store.releases import candidate

PRIMARY, OTHER, SUPERSEDED, ALTERNATE, CONFLICT = "primary", "other", "superseded", "alternate", "conflict"
_OF_CITY = ("home", "sources", "territories", "cities", "regions", "levels")
_NUMBERED = re.compile("([a-z]+)([0-9]{2,})")
EMPTY = pd.Series([""])
_SHORT = 3
"""Most letters of a label below a country's domain that says what kind of site it is, as `go` or `com`."""


@dataclass(frozen=True)
class Answers:
    """What a person filled in: `cells` by column, the city, and the source: the key of a row or the cells of a new one."""

    cells: Mapping[str, str]
    city: City | None = None
    source: str | Mapping[str, str] = ""


@dataclass(frozen=True, eq=False)
class Filled:
    """The tables (text) that a form changes, why they cannot be kept, and `beside`: rows on record (text) that tell the same fact.

    `row` is the new row of the form's own table.
    """

    tables: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    row: Mapping[str, str]
    beside: tuple[Mapping[str, str], ...] = ()


@dataclass
class _Tables:
    """The tables of a draft on a release, and those that the form changes."""

    base: Release
    drafted: Mapping[str, pd.DataFrame]
    changed: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def rows(self, table: str) -> pd.DataFrame:
        return self.changed.get(table, self.drafted.get(table)) if table in {*self.changed, *self.drafted} else raw(self.base, table)

    def read(self, table: str, cells: Mapping[str, str]) -> pd.DataFrame:
        """Cells as a row of a table in the form of its columns; their problems are noted at the row where it will stand."""
        intake, number = entered(table, cells), len(self.rows(table)) + 2
        self.problems += [replace(problem, row=number) if problem.row else problem for problem in intake.problems]
        return intake.tables.get(table, pd.DataFrame([cells], dtype="str"))

    def add(self, table: str, row: pd.DataFrame) -> None:
        self.changed[table] = with_row(self.rows(table), row, None)


def filled(form: Form, base: Release, drafted: Mapping[str, pd.DataFrame], answers: Answers, today: date) -> Filled:
    """The tables of a draft on a release with the rows of a form; `drafted` are those (text) that the draft has.

    Of a tie that replaces one of the kind that becomes it, the earlier is superseded. A further figure for a day on record is an
    alternate one if it says the same, else in conflict. `today` tells what cannot have been yet.
    """
    tables = _Tables(base, drafted)
    source = _source(tables, answers.source)
    city = _city(tables, answers.city, source)
    cells = {"role": PRIMARY, **form.fixed, **answers.cells, "source_id": source}
    row = tables.read(form.table, cells | ({CITY: city} if CITY in TABLES[form.table].columns else {}))
    row, beside = _settled(form, tables, row, today)
    key = TABLES[form.table].metadata["key"][0]
    row = row.assign(**{key: _proposed(tables.rows(form.table)[key], _stem(form, row, city))})
    tables.add(form.table, row)
    if form.places:
        tables.add(form.places, _place(tables, form, str(row[key].iloc[0]), city))
    problems = together(tables.problems, candidate(base, {**drafted, **tables.changed})[1])
    return Filled({**drafted, **tables.changed}, problems, row.iloc[0].to_dict(), beside)


def columns_asked(form: Form, base: Release) -> list[str]:
    """The columns that a form asks for, but for those of the source; a text in each declared language that the city has, else its first."""
    return [name for column in form.asked for name in _columns(form, column, base)]


def _columns(form: Form, column: str, base: Release) -> list[str]:
    declared = [name for name in TABLES[form.table].columns if name in (f"{column}_en", f"{column}_ko")]
    spoken = known_languages(base.tables["home"])
    if not declared:
        return [column]
    return [name for name in declared if not spoken or name.rpartition("_")[2] in spoken] or [f"{column}_{spoken[0]}"]


def source_at(sources: pd.DataFrame, url: str) -> str:
    """The key of the source with a web address; "" if none has it."""
    bare = _bare(url)
    return next((id for id, known in zip(sources["source_id"], sources["url"], strict=True) if bare and _bare(known) == bare), "")


def _bare(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url.strip().casefold()).rstrip("/")


def _source(tables: _Tables, source: str | Mapping[str, str]) -> str:
    if isinstance(source, str):
        return source
    known = tables.rows("sources")
    if there := source_at(known, source.get("url", "")):
        return there
    host = urlsplit(source.get("url", "").strip()).hostname or ""
    row = tables.read("sources", {**source, "source_id": "new", "publisher": host.removeprefix("www.")})
    day = str(row["published"].iloc[0]) if "published" in row else ""
    id = free(_slug(f"{_site(host)}-{day or 'undated'}"), set(known["source_id"]))
    tables.add("sources", row.assign(source_id=id))
    return id


def _site(host: str) -> str:
    """The name of a site: `seoul` of `english.seoul.go.kr`."""
    labels = host.split(".")[:-1]
    while len(labels) > 1 and len(labels[-1]) <= _SHORT:
        labels.pop()
    return labels[-1] if labels else "source"


def _city(tables: _Tables, city: City | None, source: str) -> str:
    if city is None or city.match is None:
        return city.city_id if city else ""
    before = {name: tables.rows(name) for name in _OF_CITY}
    made, ids = with_cities(before, [city.match], source)
    tables.changed |= {name: rows for name, rows in made.items() if len(rows) > len(before[name])}
    return ids[0]


def _settled(form: Form, tables: _Tables, row: pd.DataFrame, today: date) -> tuple[pd.DataFrame, tuple[Mapping[str, str], ...]]:
    """The row with what follows from the others of its table, and those that tell of the same."""
    match form.table:
        case "agreements":
            return _tie(tables, row)
        case "contacts":
            return _contact(tables, row, today)
        case "policy_exports":
            return _export(tables, row)
    return _figure(form, tables, row)


def _tie(tables: _Tables, row: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Mapping[str, str], ...]]:
    """A tie: the one that it replaces is superseded; of a kind that makes no partner it is a further act where there are others."""
    acts, kinds = tables.rows("agreements"), tables.rows("tie_kinds").set_index("kind_code")
    kind, of_city = row["type"].iloc[0], acts[CITY] == row[CITY].iloc[0]
    first = of_city & (acts["role"] == PRIMARY)
    replaced = first & acts["type"].map(kinds["becomes"]).eq(kind) & (kind != "")
    if replaced.any():
        tables.changed["agreements"] = acts.assign(role=acts["role"].mask(replaced, SUPERSEDED))
    if first.any() and kind in kinds.index and kinds.at[kind, "counts"] != "yes":
        row = row.assign(role=OTHER)
    return row, _records(tables.rows("agreements")[replaced | (of_city & (acts["type"] == kind))])


def _contact(tables: _Tables, row: pd.DataFrame, today: date) -> tuple[pd.DataFrame, tuple[Mapping[str, str], ...]]:
    every, day = tables.rows("contacts"), row["date"].iloc[0]
    same = every[(every[CITY] == row[CITY].iloc[0]) & (every["date"] == day) & (day != "")]
    return row.assign(status="announced" if _is_ahead(tables, row, today) else "held"), _records(same)


def _export(tables: _Tables, row: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Mapping[str, str], ...]]:
    every = tables.rows("policy_exports")
    same = [
        every[name].str.casefold() == row[name].iloc[0].casefold() for name in columns(every, "project") if row.get(name, EMPTY).iloc[0]
    ]
    return row, _records(every[reduce(or_, same)]) if same else ()


def _figure(form: Form, tables: _Tables, row: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Mapping[str, str], ...]]:
    """A figure with its unit; where its day has one on record, it is an alternate one or in conflict."""
    row = row.assign(**_unit(form, tables, row))
    every, shared = tables.rows(form.table), ["measure", form.said]
    same = every[(every["role"] == PRIMARY) & (every[shared] == row[shared].iloc[0]).all(axis=1) & (every[form.said] != "")]
    for column in {"dimension", "fund"}.intersection(every):
        same = same[same[column] == row.get(column, EMPTY).iloc[0]]
    if not len(same):
        return row, ()
    agrees = _number(same[form.amount].iloc[0]) == _number(row[form.amount].iloc[0])
    return row.assign(role=ALTERNATE if agrees else CONFLICT), _records(same)


def _records(rows: pd.DataFrame) -> tuple[Mapping[str, str], ...]:
    return tuple(rows.to_dict("records"))


def _is_ahead(tables: _Tables, row: pd.DataFrame, today: date) -> bool:
    """Whether a contact is known only from a source of an earlier day, or is still to come."""
    sources = tables.rows("sources").set_index("source_id")["published"]
    said, when = sources.get(row["source_id"].iloc[0], ""), str(row["date"].iloc[0])
    if not when or not is_date(when):
        return False
    first = bounds(when)[0]
    return first > today or bool(said and is_date(said) and bounds(said)[1] < first)


def _unit(form: Form, tables: _Tables, row: pd.DataFrame) -> dict[str, str]:
    """The unit of a count, as those of the same measure have it; the currency of an amount."""
    if "currency" in TABLES[form.table].columns:
        return {"currency": tables.rows("home")["currency"].iloc[0] if row[form.amount].iloc[0] else ""}
    every = tables.rows(form.table)
    units = every.loc[every["measure"] == row["measure"].iloc[0], "unit"]
    return {"unit": units.iloc[-1] if len(units) else ""}


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _place(tables: _Tables, form: Form, id: str, city: str) -> pd.DataFrame:
    cities = tables.rows("cities").set_index(CITY)["country_code"]
    first = {TABLES[form.places].metadata["key"][0]: id, "place_no": "1"}
    return tables.read(form.places, {**first, CITY: city, "country_code": cities.get(city, "")})


_STEMS: Mapping[str, Callable[[pd.Series, str], str]] = {
    "agreements": lambda row, city: f"{city}-{row['type']}",
    "contacts": lambda row, city: f"{city}-{row['date']}",
    "policy_exports": lambda row, city: f"{city}-{row['sector']}",
    "fund": lambda row, city: f"{row['measure']}-{row['date']}",
    "published_counts": lambda row, city: f"{row['measure']}-{row['as_of']}".replace("_", "-"),
}


def _stem(form: Form, row: pd.DataFrame, city: str) -> str:
    return _slug(_STEMS[form.table](row.iloc[0], city))


def _slug(text: str) -> str:
    return re.sub("[^A-Za-z0-9.]+", "-", text.casefold()).strip("-.") or "new"


def _proposed(ids: Iterable[str], stem: str) -> str:
    """A free identifier: the next number where most are numbered, as c214 and c215, else the stem."""
    known = set(ids)
    numbered = [match for id in known if (match := _NUMBERED.fullmatch(id))]
    if 2 * len(numbered) <= len(known):
        return free(stem, known)
    letters = Counter(match[1] for match in numbered).most_common(1)[0][0]
    last = max((match[2] for match in numbered if match[1] == letters), key=int)
    return free(f"{letters}{int(last) + 1:0{len(last)}}", known)
