"""The annotations of charts over time: the kinds in the address, the names to draw, and their list."""

from html import escape

from charts.annotated import Note
from metrics.schema.release import cached_by_release
from metrics.themes.annotations import Noted, kinds, noted
from pages.parts.elements.row_text import content
from pages.parts.elements.source_text import source_line
from pages.parts.shell.selection import View

USUAL = ("term", "plan", "epidemic")
"""The default kinds: those that explain the steps of the figures."""
NONE = "none"
STRIP = "term"
"""Annotations of this kind follow each other, so they are drawn in a strip."""
LONGEST = 40
"""Characters of a name that are drawn."""


def asked_kinds(view: View, text: str) -> tuple[str, ...]:
    """The kinds of the release that the `notes` parameter lists; the usual ones for an empty text."""
    names = text.split(",") if text else USUAL
    return tuple(kind for kind in kinds(view.release) if kind in names)


@cached_by_release()
def notes(view: View, chosen: tuple[str, ...]) -> tuple[Note, ...]:
    """The annotations of some kinds for a chart."""
    labels = view.words.names(view.release.tables["annotations"].set_index("annotation_id"), "label")
    rows = noted(view.release, view.selection.as_of, chosen)
    return tuple(Note(note.first, note.last, escape(labels[note.id][:LONGEST]), note.kind == STRIP, note.perhaps) for note in rows)


@cached_by_release(16)
def notes_html(view: View, chosen: tuple[str, ...]) -> str:
    """The annotations as HTML: each with its dates, note and source, by kind and day."""
    rows = view.release.tables["annotations"].set_index("annotation_id", drop=False)
    ordered = sorted(noted(view.release, view.selection.as_of, chosen), key=lambda note: note.first)
    items = {kind: "".join(_item(view, rows, note) for note in ordered if note.kind == kind) for kind in chosen}
    titles = {kind: escape(view.words.of("annotation_kind", kind)) for kind in chosen}
    parts = [f'<h3>{titles[kind]}</h3><ul class="list">{inside}</ul>' for kind, inside in items.items() if inside]
    return f'<div class="scroll drawer" tabindex="0">{"".join(parts)}</div>'


def _item(view: View, rows, annotation: Noted) -> str:
    row = rows.loc[annotation.id].to_dict()
    note = f"{escape(text)} " if (text := view.words.name(row, "note")) else ""
    head = f"{escape(view.words.name(row, 'title'))}, {escape(content(view, 'annotations', row))}"
    return f'<li>{head}<span class="when">{note}{source_line(view, row["source_id"])}</span></li>'
