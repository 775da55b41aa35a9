"""Reads a list of partners: a file, a Wikidata export, or pasted text such as a Wikipedia list, as entries.

Bytes become rows as for uploads (publishing/files/); here it is decided what a column and a line say.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from metrics.schema.problems import Problem
from publishing.files.limits import FILE, refusal
from publishing.files.normalize_cell import CONTROL
from publishing.files.opening import decoded, open_file
from publishing.new_city.countries import Countries, flag_codes, state
from publishing.new_city.kinds import Kinds, column, date_of

MOST = 5_000
"""Most entries of a list."""
PASTED = "list.txt"
_MARKS = re.compile(r"\[[^\]]{0,40}\]|[†‡*]+(?=\W|$)|\u200b|\ufeff")
"""Footnotes and other marks that are copied along."""
_FLAG_TEXT = re.compile(r"^(?:flag|flagge|drapeau|bandera|bandiera) (?:of|von|der|de|du|della) [^:]*?:?\s{2,}|\{\{[^}]*\}\}", re.IGNORECASE)
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0020-\U000e007f]*")
_BULLET = re.compile(r"^\s*(?:[•·▪◦‣*–—-]|\d{1,3}[.)])\s+")
_BRACKETS = re.compile(r"\s*[(（]([^()（）]*)[)）]")
_YEAR_AT_END = re.compile(
    r"[\s,;:–—-]+((?:since |seit |depuis |\d{1,2} \w+ )?(?:1[89]\d\d|20\d\d)(?:년|年)?(?:-\d\d(?:-\d\d)?)?)\s*$", re.IGNORECASE
)
_POINT = re.compile(r"Point\((-?[\d.]+) (-?[\d.]+)\)", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A line of a list: its number from 1, the name as written, the country's code and its text ("" if none), the code of
    a kind of the city's or "", the kind's text, an EDTF date or "", a division of the country or "", degrees or None."""

    row: int
    city: str
    country: str = ""
    country_text: str = ""
    kind: str = ""
    kind_text: str = ""
    date: str = ""
    division: str = ""
    point: tuple[float, float] | None = None


def read_file(name: str, content: bytes, countries: Countries, kinds: Kinds | None = None) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The entries of a file (CSV, TSV, text, XLSX, JSON of the query service), and the problems; either may be empty.

    `kinds` are those of the city, the standard ones where they are left out.
    """
    if name.lower().endswith(".json") or content.lstrip()[:1] in (b"{", b"["):
        return _numbered(name, _from_json(name, content), countries, kinds)
    if name.lower().endswith(".txt"):
        return read_text(_decoded(content[:FILE]), countries, kinds)
    sheet = next(open_file(name, content), refusal(name, "empty_file"))
    if isinstance(sheet, Problem):
        return (), (sheet,)
    return _numbered(name, sheet.rows, countries, kinds)


def _decoded(content: bytes) -> str:
    try:
        return decoded(content)[0]
    except UnicodeDecodeError:
        return content.decode("utf-8", errors="replace")


def read_text(text: str, countries: Countries, kinds: Kinds | None = None) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The entries of pasted text: cells between tabs, or a place on each line."""
    if text.lstrip()[:1] in ("{", "["):
        return read_file("list.json", text.encode(), countries, kinds)
    try:
        rows = _pasted(text)
    except csv.Error:
        return (), (refusal(PASTED, "broken_line", line=1),)
    return _numbered(PASTED, rows, countries, kinds)


def _pasted(text: str) -> list[list[str]]:
    """Rows of cells between tabs, or between commas under titles, else a row of one cell for each line."""
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and sum("\t" in line for line in lines) > len(lines) / 2:
        return list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
    if lines and len(_comma(lines[0])) > 1 and _is_titled(_comma(lines[0])):
        return list(csv.reader(io.StringIO(text)))
    return [[line] for line in lines]


def _comma(line: str) -> list[str]:
    return next(csv.reader([line]), [])


def _numbered(
    name: str, rows: Sequence[Sequence[str]], countries: Countries, kinds: Kinds | None
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    kinds = kinds or Kinds()
    rows = [[CONTROL.sub("", cell).strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if max(map(len, rows), default=0) > 1:
        entries = list(_columned(rows, countries, kinds))
    else:
        titled = bool(rows) and _is_titled(rows[0]) and not kinds.code(rows[0][0])
        entries = list(_lined([row[0] for row in rows[titled:]], countries, kinds))
    if not entries:
        return (), (refusal(name, "empty_file"),)
    if len(entries) > MOST:
        return (), (refusal(name, "too_many_rows", limit=MOST),)
    return tuple(entries), ()


def _is_titled(row: Sequence[str]) -> bool:
    """Whether a row is one of titles: one says where the places stand, and no other cell is longer than a title."""
    return "city" in map(column, row)


def _from_json(name: str, content: bytes) -> list[list[str]]:
    """Rows of a list of objects, or of the results of the query service; none if it is neither."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return []
    if isinstance(told, dict):
        told = told.get("results", {}).get("bindings", []) if isinstance(told.get("results"), dict) else []
    objects = [row for row in told if isinstance(row, dict)] if isinstance(told, list) else []
    titles = list(dict.fromkeys(title for row in objects for title in row))
    return [titles, *([_plain(row.get(title, "")) for title in titles] for row in objects)] if objects else []


def _plain(cell: object) -> str:
    return str(cell.get("value", "")) if isinstance(cell, dict) else str(cell if cell is not None else "")


def _columned(rows: Sequence[Sequence[str]], countries: Countries, kinds: Kinds) -> Iterator[Entry]:
    titled = _is_titled(rows[0])
    places = _titled(rows[0]) if titled else _guessed(rows, countries, kinds)
    for number, row in enumerate(rows[titled:], start=1):
        cells = {name: row[at] for name, at in places.items() if at < len(row) and row[at]}
        if not cells.get("city"):
            continue
        written = _written(number, cells["city"], countries, kinds)
        country = cells.get("country", "")
        yield Entry(
            number,
            written.city,
            countries.code(_clean(country)) if country else written.country,
            country or written.country_text,
            kinds.code(cells.get("kind", "")),
            cells.get("kind", ""),
            date_of(cells["year"]) if "year" in cells else written.date,
            written.division or state(country),
            _point(cells),
        )


def _titled(titles: Sequence[str]) -> dict[str, int]:
    """The column of each kind of content; labels are better than the addresses of Wikidata."""
    places: dict[str, int] = {}
    for at, title in sorted(enumerate(titles), key=lambda pair: not pair[1].lower().endswith("label")):
        if name := column(title):
            places.setdefault(name, at)
    return places


def _guessed(rows: Sequence[Sequence[str]], countries: Countries, kinds: Kinds) -> dict[str, int]:
    """The columns of a table without titles, by what most of their cells are; the first other column has the places."""
    width = max(map(len, rows))
    columns = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(width)]
    tests: dict[str, Callable[[str], object]] = {"year": _is_date, "kind": kinds.code, "country": lambda cell: countries.code(_clean(cell))}
    places: dict[str, int] = {}
    for name, test in tests.items():
        shares = {
            at: sum(map(bool, map(test, cells))) / len(cells) for at, cells in enumerate(columns) if cells and at not in places.values()
        }
        best = max(shares, key=lambda at: (shares[at], at), default=0)
        if shares.get(best, 0) > 0.6 and len(places) < width - 1:
            places[name] = best
    return places | {"city": next(at for at in range(width) if at not in places.values() and columns[at])}


def _is_date(cell: str) -> bool:
    return bool(date_of(cell)) and any(letter.isdigit() for letter in cell) and len(cell) <= 24


def _point(cells: dict[str, str]) -> tuple[float, float] | None:
    if match := _POINT.fullmatch(cells.get("point", "")):
        return _degrees(match[2], match[1])
    return _degrees(cells.get("lat", ""), cells.get("lon", ""))


def _degrees(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        point = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None


def _lined(lines: Sequence[str], countries: Countries, kinds: Kinds) -> Iterator[Entry]:
    """A place on each line; a line that is a country or names a kind heads those below it."""
    bulleted = any(map(_BULLET.match, lines))
    number, heading, kind_heading = 0, "", ""
    for line in lines:
        text = _clean(line)
        if not text or (text.startswith(("http://", "https://"))):
            continue
        if _heads(line, text, bulleted, countries, kinds):
            heading, kind_heading = countries.code(text), kind_heading if countries.code(text) else kinds.code(text)
            continue
        number += 1
        entry = _written(number, line, countries, kinds)
        if not entry.country and heading:
            entry = Entry(number, entry.city, heading, heading, entry.kind, entry.kind_text, entry.date, entry.division)
        yield Entry(**{**vars(entry), "kind": entry.kind or kind_heading})


def _heads(line: str, text: str, bulleted: bool, countries: Countries, kinds: Kinds) -> bool:
    if _BULLET.match(line) or "," in text or _BRACKETS.search(text) or flag_codes(line):
        return False
    return bool(kinds.code(text)) or (bulleted and bool(countries.code(text)))


def _written(number: int, line: str, countries: Countries, kinds: Kinds) -> Entry:
    """An entry of one text: "Cork, Ireland (1989)", "🇮🇪 Cork since 1989", "Portland, Oregon, USA"."""
    flags, text = flag_codes(line), _clean(line)
    date = tie = ""
    for inside in _BRACKETS.findall(text):
        if not date and _is_date(inside):
            date, text = date_of(inside), text.replace(f"({inside})", "").replace(f"（{inside}）", "")
        elif code := kinds.code(inside):
            tie, text = code, text.replace(f"({inside})", "")
        elif code := countries.code(inside):
            flags, text = flags or [code], text.replace(f"({inside})", "")
    if not date and (match := _YEAR_AT_END.search(text)):
        date, text = date_of(match[1]), text[: match.start()]
    city, *rest = [part.strip() for part in re.split("[,，、;]", text) if part.strip(" :–—-")] or [""]
    country = next((part for part in reversed(rest) if countries.code(part) or state(part)), rest[-1] if rest else "")
    division = next((state(part) for part in rest if state(part)), "")
    code = (flags[0] if flags and flags[0] in countries.codes else "") or countries.code(country)
    if not tie:
        tie = next(filter(None, (kinds.code(part) for part in rest if part != country)), "")
    return Entry(number, re.sub(r"\s+", " ", city).strip(" :–—-"), code, country, tie, "", date, division)


def _clean(text: str) -> str:
    """A text without bullets, flags and footnotes."""
    bare = _FLAGS.sub("", _FLAG_TEXT.sub("", _BULLET.sub("", text.replace("\xa0", " "))))
    return _MARKS.sub("", bare).strip(" \t;.")
