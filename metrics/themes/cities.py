"""The cities of a release but the home city: by name, before and after another, and the nearest to a misspelt name."""

from difflib import get_close_matches
from unicodedata import normalize

import pandas as pd

from metrics.schema.names import columns, original, texts
from metrics.schema.release import Release, cached_by_release
from metrics.themes.partners_by import plain

LIKE = 0.6
"""How similar a name must be to match, from 0 to 1, as difflib measures it."""
LONGEST = 60
"""Letters of a misspelt name that are compared."""


@cached_by_release(8)
def in_name_order(release: Release, lang: str) -> tuple[str, ...]:
    """The city_ids of all cities but the home city, by their names in a language; accents and capitals do not matter."""
    cities = others(release)
    placed = cities.assign(key=texts(cities, "name", lang, original(release)).map(plain)).sort_values(["key", "city_id"], kind="stable")
    return tuple(placed["city_id"])


def others(release: Release) -> pd.DataFrame:
    """The rows of `cities` but the home city's."""
    cities = release.tables["cities"]
    return cities[~cities["city_id"].isin(release.tables["home"]["city_id"])]


def neighbours(release: Release, lang: str, city: str) -> tuple[str, str]:
    """The cities before and after one by name; the last is followed by the first. "" where there is no other."""
    order = in_name_order(release, lang)
    if city not in order or len(order) < 2:
        return "", ""
    at = order.index(city)
    return order[at - 1], order[(at + 1) % len(order)]


def nearest(release: Release, text: str) -> str:
    """The city whose id or name, in any language, is most similar to a text; "" without a match."""
    cities = others(release)
    named: dict[str, str] = {}
    for column in (*columns(cities, "name"), "city_id"):
        named |= zip(cities[column].map(_letters), cities["city_id"], strict=True)
    matches = get_close_matches(_letters(text[:LONGEST]), named, n=1, cutoff=LIKE)
    return named[matches[0]] if matches else ""


def _letters(text: str) -> str:
    """A name as its letters are compared: Hangul in its parts, so that one wrong letter is not a wrong syllable."""
    return normalize("NFKD", plain(text))
