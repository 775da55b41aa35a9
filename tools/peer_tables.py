"""Writes the tables peer_places and peer_ties from a list of ties with the columns city, country, partner, partner_country, lat, lon.

Places are found in the gazetteer of the project, so that they carry the GeoNames numbers by which the dashboard knows them. What is in
doubt is printed; such a place keeps its name and point of the list and has no number.

Usage: python tools/peer_tables.py LIST.csv FOLDER --source ID --compared tokyo,beijing
"""

import argparse
import csv
import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from metrics.schema.tables import TABLES  # noqa: E402 - a script beside the project's packages
from publishing.new_city.countries import Countries  # noqa: E402
from publishing.new_city.folding import folded  # noqa: E402
from publishing.new_city.lists import Entry  # noqa: E402
from publishing.new_city.matching import Match, level, matched  # noqa: E402

WITHOUT_A_CODE = {"Northern Cyprus": "CY"}
"""ISO 3166-1 has no code of its own for these."""


def main() -> int:
    """Write both tables; 1 where a country is unknown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("list", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--source", required=True)
    parser.add_argument("--compared", default="")
    asked = parser.parse_args()
    with asked.list.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    matches = _matched(rows)
    if unknown := [match.entry.city for match in matches.values() if not match.entry.country]:
        print("No country:", ", ".join(unknown), file=sys.stderr)
        return 1
    ids = _ids(matches)
    order = {place: str(at) for at, place in enumerate(filter(None, asked.compared.split(",")), 1)}
    places = {ids[key]: _place(ids[key], match, order, asked.source) for key, match in reversed(matches.items())}
    ties = {(ids[row["city"], row["country"]], ids[row["partner"], row["partner_country"]]): row["partner"] for row in rows}
    _write(asked.folder, "peer_places", [places[id] for id in sorted(places)])
    _write(asked.folder, "peer_ties", [_tie(*key, places, name, asked.source) for key, name in sorted(ties.items())])
    return 0


def _tie(peer: str, partner: str, places: dict[str, dict[str, str]], name: str, source: str) -> dict[str, str]:
    """A tie, with a note where the list calls the partner otherwise than the first that names it."""
    tie = {"peer_id": peer, "partner_id": partner, "source_id": source}
    if folded(name) == folded(places[partner]["name_en"]):
        return tie
    return tie | {"note_en": f"Listed as {name}.", "note_ko": f"목록에는 {name}."}


def _matched(rows: list[dict[str, str]]) -> dict[tuple[str, str], Match]:
    """The place of each name and country of the list, as written there."""
    countries = Countries()
    points = {(row["city"], row["country"]): None for row in rows}
    points |= {(row["partner"], row["partner_country"]): (float(row["lat"]), float(row["lon"])) for row in rows}
    entries = []
    for at, ((city, country), point) in enumerate(points.items(), 1):
        bare = re.sub(r"\s*\(country\)|\"", "", country)
        code = WITHOUT_A_CODE.get(bare) or countries.code(bare)
        entries.append(Entry(at, city, code, bare, point=point))
    return dict(zip(points, matched(entries), strict=True))


def _ids(matches: dict[tuple[str, str], Match]) -> dict[tuple[str, str], str]:
    """The id of each name of the list: that of the first name for the same place; a country is added where two places share a name."""
    known: dict[tuple, str] = {}
    ids: dict[tuple[str, str], str] = {}
    for key, match in matches.items():
        place, entry = match.place, match.entry
        same = (place.geoname_id, level(match)) if place and place.geoname_id else (folded(entry.city), entry.country)
        slug = re.sub(r"\W+", "-", folded(entry.city)).strip("-")
        slug = f"{slug}-{entry.country.lower()}" if slug in known.values() and same not in known else slug
        ids[key] = known.setdefault(same, slug)
        if match.doubt or match.part or not (place and place.geoname_id):
            print(f"{entry.city}, {entry.country_text}: {match.doubt or match.part or 'not in the gazetteer'}", file=sys.stderr)
    return ids


def _place(id: str, match: Match, order: dict[str, str], source: str) -> dict[str, str]:
    entry, place = match.entry, match.place
    lat, lon = (place.lat, place.lon) if place else entry.point or ("", "")
    return {
        "place_id": id,
        "name_en": re.sub(r"\s*\(state\)", "", entry.city),
        "name_ko": place.name_ko if place else "",
        "country_code": entry.country,
        "level": level(match),
        "lat": str(lat),
        "lon": str(lon),
        "geoname_id": place.geoname_id if place and not match.doubt else "",
        "compared": order.get(id, ""),
        "source_id": source,
    }


def _write(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(TABLES[table].columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
