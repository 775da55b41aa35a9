"""Matches the entries of a list with places of the gazetteer: one that is clear, or a doubt with the places to choose from."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from metrics.schema.distance import kilometres
from publishing.new_city.countries import Countries
from publishing.new_city.folding import folded
from publishing.new_city.gazetteer import Place, alike, named
from publishing.new_city.lists import Entry

SEVERAL, NONE, OUTSIDE = "several", "none", "outside"
DOUBTS = (SEVERAL, NONE, OUTSIDE)
"""Several places of that name; none; only ones outside the country that the list names."""
SAME = 30.0
"""Kilometres within which two places of one name are the same place or a part of it."""
NEAR = 60.0
"""Kilometres within which a part belongs to its city, and a place to the point that the list gives."""
CLEARLY, CLEARLY_ANYWHERE = 4, 8
"""How many times larger than the next a place is for its name to mean it: within a country, and without one."""
OWN_NAME = 10
"""How much more a place's own name weighs than an alternate one."""
KNOWN = 50_000
"""People of a place that a name without a country may mean where there are others of that name."""
OFFERED = 6
SUGGESTED_FOR = 100
"""Most entries for which similar names are looked for."""

_POINT = re.compile(r"(?:([^\d\s-][^\d]*?)[\s,]+)?(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)")
_PARTS = re.compile(r"\s*[–—/]\s*|\s+-\s+")
_WORDS = re.compile(
    r"^(?:city|town|municipality|metropolitan city|commune|stadt|gemeinde|ville|ciudad|municipio|comune|greater) "
    r"(?:de |di |do |da |del |von )?"
    r"|(?: (?:special|metropolitan|capital))* "
    r"(?:city|town|municipality|district|county|ku|shi|si|gun|gu|city county|prefecture|province|region|oblast)$"
)
"""Words for the kind of place before or after its name, folded."""
_LEVELS = {
    "province": r"\bprovince\b|\bprovincia\b|\boblast\b|\bvoivodeship\b|성$|도$|省$",
    "prefecture": r"\bprefecture\b|현$|県$|縣$",
    "state": r"\bstate\b|\bbundesland\b|주$|州$",
    "region": r"\bregion\b|\bcounty\b|\bcanton\b|\bdepartment\b|\bdistrict council\b",
}
DIVISIONS = tuple(_LEVELS)
"""The levels of government above a city."""


@dataclass(frozen=True)
class Match:
    """An entry and its place, None while it is in doubt. `places` are those to choose from, the likeliest first; `part` is the name of a
    part of the place that the entry means; `of` the number of an earlier entry for the same place and kind, 0 if there is none."""

    entry: Entry
    place: Place | None
    places: tuple[Place, ...] = ()
    doubt: str = ""
    part: str = ""
    of: int = 0


def level(match: Match) -> str:
    """The level of government of a match, as metrics/schema/tables.py names them: that of its name, else of its place."""
    written = level_of(match.entry.city)
    return match.place.level if match.place and written == "city" else written


def level_of(name: str) -> str:
    """The level of government that a name tells; a city where it tells none."""
    return next((level for level, words in _LEVELS.items() if re.search(words, name.casefold())), "city")


def matched(entries: Sequence[Entry]) -> tuple[Match, ...]:
    """A match for each entry, in their order; later entries for the same place and kind refer to the first."""
    written = [list(_variants(entry)) for entry in entries]
    keys = {key for variants in written for variant in variants for key in variant if key}
    places = named(keys) if keys else {}
    matches = [_match(entry, variants, places) for entry, variants in zip(entries, written, strict=True)]
    return tuple(with_earlier(_with_suggestions(matches)))


def _variants(entry: Entry) -> Iterator[tuple[str, str]]:
    """Folded spellings of an entry's name, the closest first, each with that of a part of it ("" for none)."""
    bare = re.sub(r"\s*[(（][^()（）]*[)）]", "", entry.city)
    inside = re.findall(r"[(（]([^()（）]*)[)）]", entry.city)
    texts = dict.fromkeys(key for text in (entry.city, bare, *inside) if (key := folded(text)))
    yield from ((key, "") for key in texts)
    yield from ((short, "") for key in texts if (short := _WORDS.sub("", key)) not in ("", key))
    head, *tail = _PARTS.split(bare, maxsplit=1)
    if tail:
        yield folded(head), folded(tail[0])
        yield from ((key, "") for key in (folded(tail[0]),))


def _match(entry: Entry, variants: Sequence[tuple[str, str]], places: Mapping[str, tuple[Place, ...]]) -> Match:
    outside: tuple[Place, ...] = ()
    for key, part in variants:
        every = places.get(key, ())
        there = _within(entry, every)
        divisions = [place for place in there if place.level != "city"] if level_of(entry.city) != "city" else []
        if there:
            return _chosen(entry, key, part, divisions or there, places)
        outside = outside or every
    if entry.point:
        return Match(entry, _typed(entry, *entry.point))
    return Match(entry, None, outside[:OFFERED], OUTSIDE if outside else NONE)


def _within(entry: Entry, places: Sequence[Place]) -> list[Place]:
    """The places in the country and division of an entry, all where it names none."""
    if entry.point:
        places = [place for place in places if kilometres(entry.point, (place.lat, place.lon)) <= NEAR]
    there = [place for place in places if place.country == entry.country]
    states = [place for place in places if entry.division and place.division == entry.division]
    if states and (entry.country in ("", "US") or not there):
        return states
    return there if entry.country or entry.country_text else list(places)


def _chosen(entry: Entry, key: str, part: str, places: Sequence[Place], every: Mapping[str, tuple[Place, ...]]) -> Match:
    ranked = sorted(places, key=lambda place: (-_weight(place, key), place.level != "city"))
    first = ranked[0]
    others = [place for place in ranked[1:] if kilometres((first.lat, first.lon), (place.lat, place.lon)) > SAME]
    clear = CLEARLY if entry.country or entry.division else CLEARLY_ANYWHERE
    least = 0 if entry.country or entry.division else KNOWN
    if others and (first.population < least or _weight(first, key) < clear * _weight(others[0], key)):
        return Match(entry, None, (first, *others)[:OFFERED], SEVERAL)
    return _of_part(entry, first, part, every) if part else Match(entry, first, tuple(ranked[:OFFERED]))


def _weight(place: Place, key: str) -> int:
    return max(place.population, 1) * (OWN_NAME if place.is_called(key) else 1)


def _of_part(entry: Entry, city: Place, part: str, every: Mapping[str, tuple[Place, ...]]) -> Match:
    """A part of a city: a place of its own where the gazetteer has it nearby, else at the point of the city."""
    near = [place for place in every.get(part, ()) if place.country == city.country]
    near = [place for place in near if kilometres((city.lat, city.lon), (place.lat, place.lon)) <= NEAR]
    own = replace(near[0], name=city.name, name_ko="") if near else replace(city, name_ko="", geoname_id="", population=0)
    return Match(entry, own, (city, *near), part=_PARTS.split(entry.city, maxsplit=1)[1])


def _typed(entry: Entry, lat: float, lon: float) -> Place:
    return Place("", entry.city, "", entry.country, entry.division, lat, lon, "", 0)


def typed_place(match: Match, text: str, countries: Countries) -> Place | None:
    """The place that a person types for an entry: "48.25 6.70", "FR 48.25 6.70", or a name that the gazetteer has; None if it is neither.

    Coordinates are degrees; without a country they are in that of the list. A name gives the point, the entry keeps its own name.
    """
    entry = match.entry
    if point := _POINT.fullmatch(text.strip()):
        lat, lon = float(point[2]), float(point[3])
        country = countries.code(point[1] or "") or entry.country
        return replace(_typed(entry, lat, lon), country=country) if country and abs(lat) <= 90 and abs(lon) <= 180 else None
    places = named([folded(text)]).get(folded(text), ())
    place = next((place for place in places if entry.country in ("", place.country)), None)
    return place and replace(place, name=entry.city, name_ko="")


def _with_suggestions(matches: Sequence[Match]) -> list[Match]:
    """Matches without a place, with the places of a similar name."""
    unmatched = [match.entry for match in matches if match.doubt in (NONE, OUTSIDE) and match.entry.country]
    queries = {(folded(entry.city), entry.country) for entry in unmatched[:SUGGESTED_FOR]}
    similar = alike(queries)
    return [
        replace(match, places=(*similar.get((folded(match.entry.city), match.entry.country), ()), *match.places)[:OFFERED])
        if match.doubt in (NONE, OUTSIDE)
        else match
        for match in matches
    ]


def with_earlier(matches: Sequence[Match]) -> Iterator[Match]:
    """The matches; one of the same place and kind as an earlier one refers to it."""
    first: dict[tuple, int] = {}
    for match in matches:
        earlier = first.setdefault(_tie(match), match.entry.row) if match.place else match.entry.row
        yield replace(match, of=0 if earlier == match.entry.row else earlier)


def decided(matches: Sequence[Match], places: Mapping[int, Place], kept: Collection[int] = ()) -> tuple[Match, ...]:
    """One match for each tie, with the places that a person chose, by the number of the entry; what stays in doubt is left out.

    Of several for the same tie: the one in `kept`, else the first with a date, else the first.
    """
    chosen = (replace(match, place=places[match.entry.row], doubt="") if match.entry.row in places else match for match in matches)
    ties: dict[tuple, list[Match]] = {}
    for match in chosen:
        if match.place:
            ties.setdefault(_tie(match), []).append(match)
    return tuple(min(same, key=lambda match: (match.entry.row not in kept, not match.entry.date)) for same in ties.values())


def _tie(match: Match) -> tuple:
    """What two entries for the same tie share."""
    place = match.place
    point = place and (place.geoname_id or (place.name, place.country))
    return point, folded(match.part), level(match), match.entry.kind
