"""What a release or draft changes against another, in the reader's language: readings, then rows and cells of each table."""

from collections.abc import Iterable
from functools import partial
from html import escape
from types import MappingProxyType

import streamlit as st

from metrics.counting.reading import Reading
from metrics.schema.release import Release
from metrics.schema.tables import field_of
from pages.parts.data_desk.summary import counted, inside
from pages.parts.elements.row_text import CONTENTS, SUBJECTS, reader
from pages.parts.shell import blocks
from pages.parts.shell.selection import View
from publishing.changes.marks import Marks
from publishing.changes.review import Conflicts, Difference, Effect, as_lines, conflicts, differences, effects, keys
from publishing.files.downloads import title
from wording import Words

SHOWN = 8
"""Most rows of each kind that are shown; the file has all."""
UNMARKED: Marks = MappingProxyType({})
LONGEST = 160
"""Most characters of a cell."""


def effect_figure(view: View, before: Release, after: Release, heading: str) -> None:
    """The effect of a change on the readings: sentences, then a table."""
    changes = effects(before, after, view.selection.as_of)
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in _sentences(view, changes, conflicts(before, after)))
    measure = view.words.t("desk.effect_measure", day=view.selection.as_of)
    blocks.title(heading, measure, f'<ul class="list effects">{items}</ul>')
    if changes:
        st.html(_effect_table(view, changes))


def _sentences(view: View, changes: Iterable[Effect], facts: Conflicts) -> list[str]:
    """The effect on readings and contradictions as sentences."""
    words, texts, quiet = view.words, [], 0
    for change in changes:
        parts = _change_sentences(view, change)
        quiet += not parts
        texts += parts
    if quiet:
        texts.append(words.n("desk.effect_other", quiet))
    for key, contradictions in (("desk.conflicts_appeared", facts.appeared), ("desk.conflicts_gone", facts.gone)):
        if contradictions:
            tables = dict.fromkeys(title(item.table, words.lang) for item in contradictions)
            texts.append(words.n(key, len(contradictions), tables=", ".join(tables)))
    return texts or [words.t("desk.effect_none")]


def _change_sentences(view: View, change: Effect) -> list[str]:
    words, name = view.words, view.words.of("indicator", change.indicator)
    parts = [("desk.effect_from", name, words.value)] if change.value_changed else []
    parts += [("desk.effect_state", inside(name), partial(_state, view))] if change.state_flipped else []
    parts += [(f"desk.effect_{change.bounds_changed}", inside(name), partial(_range, view))] if change.bounds_changed else []
    return [words.t(key, title=title, before=text(change.before), after=text(change.after)) for key, title, text in parts]


def _state(view: View, reading: Reading) -> str:
    return view.words.of("state", reading.progress.state) if reading.progress else view.words.t("desk.no_state")


def _range(view: View, reading: Reading) -> str:
    if reading.lower is None:
        return view.words.t("unknown")
    lower = view.words.amount(reading.lower, reading.unit)
    if reading.upper is None:
        return view.words.t("bounds.open", lower=lower)
    upper = view.words.amount(reading.upper, reading.unit)
    return lower if lower == upper else view.words.t("bounds.short", lower=lower, upper=upper)


def _effect_table(view: View, changes: Iterable[Effect]) -> str:
    words = view.words
    heads = "".join(f'<th scope="col">{escape(words.t(key))}</th>' for key in ("desk.head_reading", "desk.head_before", "desk.head_after"))
    body = "".join(
        f'<tr><th scope="row">{escape(words.of("indicator", change.indicator))}</th>'
        f'<td>{_side(view, change.before, change)}</td><td class="now">{_side(view, change.after, change)}</td></tr>'
        for change in changes
    )
    return f'<div class="scroll effect" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def _side(view: View, reading: Reading, change: Effect) -> str:
    """A side of an effect: the value, and its range and state where they differ."""
    quiet = [_range(view, reading)] if change.bounds_changed else []
    quiet += [_state(view, reading)] if change.state_flipped else []
    more = f'<span class="when">{escape(" · ".join(quiet))}</span>' if quiet else ""
    return f"{escape(view.words.value(reading))}{more}"


def tables_figure(view: View, before: Release, after: Release, heading: str, name: str, marks: Marks = UNMARKED) -> None:
    """The rows and cells that differ, by table, changed cells with their mark, and a CSV of all called `name`."""
    tables = differences(before, after)
    blocks.title(heading, view.words.t("desk.tables_measure"))
    parts = "".join(_table(view, table, before, after, marks) for table in tables)
    st.html(f'<div class="scroll changes" tabindex="0">{parts}</div>')
    heads = [view.words.t(f"desk.line_{part}") for part in ("table", "kind", "key", "column", "before", "after")]
    label, file = view.words.t("desk.changes_file"), f"{name}_{view.selection.lang}.csv"
    blocks.download(label, file, "text/csv", lambda: as_lines(tables, heads), type="tertiary", key=f"csv-{name}")


def _table(view: View, table: Difference, before: Release, after: Release, marks: Marks) -> str:
    lang = view.selection.lang
    counts = ", ".join(counted(view, table.table, table.counts))
    parts = [
        *_rows(view, table.added, table.table, reader(after, lang), "added"),
        *_cells(view, table, marks),
        *_renamed(view, table),
        *_rows(view, table.removed, table.table, reader(before, lang), "removed"),
    ]
    return f'<h3 class="part">{escape(title(table.table, lang))} <span>{escape(counts)}</span></h3><ul class="list">{"".join(parts)}</ul>'


def _rows(view: View, rows, table: str, whole: View, kind: str) -> list[str]:
    mark = f'<em class="{kind}">{escape(view.words.t(f"desk.mark_{kind}"))}</em>'
    first = rows.iloc[:SHOWN]
    items = zip(first.to_dict("records"), keys(table, first), strict=True)
    lines = [f"<li>{mark}{_about(whole, table, row, key)}</li>" for row, key in items]
    return [*lines, _more(view, len(rows))]


def _about(whole: View, table: str, row: dict, key: str) -> str:
    """A row as HTML: its subject, its content and its key."""
    quiet = f'<span class="when"><code>{cell(key)}</code></span>'
    if table in SUBJECTS:
        subject = SUBJECTS[table](whole, row)
        content = " · ".join(part for part in CONTENTS[table](whole, row) if part and escape(part) not in subject)
        return f"<bdi>{subject}</bdi>{', ' if content else ''}{cell(content)}{quiet}"
    named = whole.words.name(row) or row.get("title") or key
    return f"{cell(named)}{quiet}"


def cell(text: str) -> str:
    """The text of a cell as HTML: escaped, isolated in its text direction, and cut at LONGEST."""
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return f"<bdi>{escape(short)}</bdi>"


def _more(view: View, count: int) -> str:
    return blocks.rest(view.words, "desk.more_rows", count - SHOWN)


def column_title(words: Words, table: str, column: str) -> str:
    """The title of a column; its name where the table cannot have it."""
    field = field_of(table, column)
    return field.title.of(words.lang) if field else column


def _cells(view: View, table: Difference, marks: Marks) -> list[str]:
    """The changed rows, each with its cells before and after."""
    grouped = {}
    for key, column, before, after in table.changed.itertuples(index=False):
        named = column_title(view.words, table.table, column)
        grouped.setdefault(key, []).append((named, before, after, marks.get((table.table, column, key), "")))
    mark = f'<em class="changed">{escape(view.words.t("desk.mark_changed"))}</em>'
    lines = [
        f"<li>{mark}<code>{cell(key)}</code>{''.join(_cell_line(view, *change) for change in changes)}</li>"
        for key, changes in list(grouped.items())[:SHOWN]
    ]
    return [*lines, _more(view, len(grouped))]


def _cell_line(view: View, column: str, before: str, after: str, mark: str) -> str:
    empty = f'<span class="none">{escape(view.words.t("desk.empty_cell"))}</span>'
    was, now = (f"<{tag}>{cell(text)}</{tag}>" if text else empty for tag, text in (("del", before), ("ins", after)))
    marked = view.words.of("mark", mark) if mark else ""
    said = f" ({escape(marked)})" if marked else ""
    return f'<span class="when cell">{escape(column)}: {was} → {now}{said}</span>'


def _renamed(view: View, table: Difference) -> list[str]:
    mark = f'<em class="changed">{escape(view.words.t("desk.mark_rekeyed"))}</em>'
    pairs = table.rekeyed.iloc[:SHOWN].itertuples(index=False)
    lines = [f"<li>{mark}<del>{cell(before)}</del> → <ins>{cell(after)}</ins></li>" for before, after in pairs]
    return [*lines, _more(view, len(table.rekeyed))]
