"""Titles of briefings, names of slides and texts of their filters. Must not make a slide."""

from metrics.schema.names import names
from metrics.schema.tables import TABLES
from metrics.themes.fund import currency
from pages.parts.briefing.slides import COVER, OWN, selection_of, usable
from pages.parts.cooperation_fund.path import is_open, unit
from pages.parts.policy_exports.list import GROUPS
from pages.parts.shell.selection import View
from publishing.desk.briefings import Outline, SlideRequest
from publishing.files.downloads import title

UNSAID = ("sort", "start", *COVER)
"""Query parameters whose effect is visible on the slide."""


def display_title(view: View, outline: Outline) -> str:
    """The briefing's title, by default the dashboard's."""
    return outline.title or view.words.t("frame.title", city=view.home_name)


def full_name(view: View, kind: str) -> str:
    name, page = view.words.of("slide", kind), kind.rpartition(".")[0]
    return f"{view.words.of('page', page)}: {name}" if page else name


def chosen(view: View, request: SlideRequest) -> str:
    """A slide's date, types, regions, city and other filters as text."""
    words, parts = view.words, usable(request)
    seen = selection_of(view, request)
    choices = [words.t("slide.as_of", day=seen.as_of)] if "as_of" in parts else []
    choices += [words.of("tie", tie) for tie in seen.types] + [words.of("region", region) for region in seen.regions]
    choices += [words.t("filter.ended")] if seen.ended else []
    if seen.city:
        choices.append(names(view.release, "city", view.selection.lang)[seen.city])
    return ", ".join([*choices, *(_own(view, name, parts[name]) for name in OWN if name in parts and name not in UNSAID)])


def _own(view: View, name: str, value: str) -> str:
    words = view.words
    match name:
        case "country":
            return names(view.release, "country", view.selection.lang).get(value, value)
        case "q":
            return words.t("briefing.searched", text=value)
        case "state":
            return words.of("follow", value)
        case "sector" | "status":
            word = words.t(GROUPS[value]) if value in GROUPS else words.of(name, value)
            return value if word == f"{name}.{value}" else word
        case "table":
            return title(value, view.selection.lang) if value in TABLES else value
        case "yearly" if is_open(view):
            value = words.money(int(value) * unit(view), currency(view.release))
    return words.t("briefing.part", name=words.of("parameter", name), value=value)
