"""What briefings, slides, and what is chosen for them are called. Must not make a slide."""

from pages._slides import selection_of
from pages._view import View
from publishing.briefings import Outline, Wanted


def shown_title(view: View, outline: Outline) -> str:
    """The briefing's title; the city's where it has none of its own."""
    city = view.home.get(f"name_{view.selection.lang}", view.words.t("home.unnamed"))
    return outline.title or view.words.t("frame.title", city=city)


def full_name(view: View, kind: str) -> str:
    """The name of a kind of slide, with the page that it is of where its own does not say it."""
    name, page = view.words.of("slide", kind), kind.rpartition(".")[0]
    return f"{view.words.of('page', page)}: {name}" if page else name


def chosen(view: View, asked: Wanted) -> str:
    """What is chosen for a slide, as a reader says it: date, kinds, parts of the world, city, and the rest by name."""
    words, parts = view.words, dict(asked.chosen)
    seen = selection_of(view, asked)
    said = [words.t("slide.as_of", day=seen.as_of)] if "as_of" in parts else []
    said += [words.of("tie", tie) for tie in seen.types] + [words.of("region", region) for region in seen.regions]
    if seen.city:
        rows = view.release.tables["cities"]
        said.append(rows.loc[rows["city_id"] == seen.city, f"name_{view.selection.lang}"].iloc[0])
    others = [name for name in parts if name not in ("as_of", "types", "regions", "city")]
    return ", ".join([*said, *(words.t("briefing.part", name=words.of("parameter", name), value=parts[name]) for name in others)])
