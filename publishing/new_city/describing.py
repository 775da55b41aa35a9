"""Places, entries and doubts in the reader's words. Nothing is escaped here."""

from publishing.files.sentences import Words
from publishing.new_city.countries import name
from publishing.new_city.gazetteer import Place
from publishing.new_city.matching import Match


def place_text(place: Place, words: Words) -> str:
    """A place told from others of its name: "Springfield, Illinois, United States (39.80, -89.64; population 114,230)"."""
    own = place.name_ko if words.lang == "ko" and place.name_ko else place.name
    kind = words.t(f"new_city.level_{place.level}") if place.level != "city" else ""
    where = ", ".join(part for part in (own, kind, place.division, name(place.country, words.lang) if place.country else "") if part)
    point = f"{place.lat:.2f}, {place.lon:.2f}"
    if not place.population:
        return words.t("new_city.place", place=where, point=point)
    return words.t("new_city.place_people", place=where, point=point, population=place.population)


def entry_text(match: Match, words: Words) -> str:
    """An entry as the list has it: "Cork, Ireland (1989)"."""
    entry = match.entry
    country = entry.country_text if len(entry.country_text) > 2 else name(entry.country, words.lang) if entry.country else ""
    text = ", ".join(part for part in (entry.city, country) if part)
    return f"{text} ({entry.date})" if entry.date else text


def doubt_text(match: Match, words: Words) -> str:
    """Why an entry has no place."""
    country = name(match.entry.country, words.lang) if match.entry.country else match.entry.country_text
    return words.t(f"new_city.doubt_{match.doubt}", country=country or words.t("new_city.any_country"))
