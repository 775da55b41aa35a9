"""The problems of an upload by table, column and kind, and the uploaded files with the problems marked."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import PurePath

import streamlit as st

from metrics.schema.problems import DOUBTS, KINDS, Problem
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from pages.parts.data_desk.changes import cell, column_title
from pages.parts.shell import blocks
from pages.parts.shell.selection import View
from publishing.files.downloads import title
from publishing.files.marking import with_problems
from publishing.files.sentences import sentence
from publishing.store.releases import faults
from wording import Words

EACH = 5
"""Most problems of a kind in a column that are shown; the marked file has all."""
GROUPS = 40
_RANK = [*KINDS, *DOUBTS]


def problem_list(view: View, problems: Sequence[Problem], files: Sequence[tuple[str, bytes]] = (), reports: Sequence[Mapping] = ()) -> None:
    """The problems, grouped, and a download of each affected file with a column of problems."""
    words = view.words
    head = f"<h3>{escape(words.n('desk.problems', len(problems)))}</h3>"
    st.html(f'<div class="faults" role="alert">{head}<p>{escape(words.t("desk.nothing_changed"))}</p></div>')
    concerned = {report["name"] for report in reports if report["table"] in {problem.table for problem in problems}}
    with st.container(horizontal=True, gap="small", key="doors-problems"):
        for number, (name, content) in enumerate(files):
            if name in concerned:
                _marked(view, number, name, content, problems)
    blocks.records(grouped(view.words, problems))


def hints(view: View, release: Release) -> None:
    """Problems of a release under the current rules, in an expander; nothing without any."""
    if problems := faults(release):
        with st.expander(view.words.n("desk.hints", len(problems), number=str(release.number))):
            blocks.records(grouped(view.words, problems))


def grouped(words: Words, problems: Sequence[Problem]) -> str:
    """The problems by table, column and kind, as HTML."""
    tables = {name: rank for rank, name in enumerate(["", *TABLES])}
    order = sorted(problems, key=lambda problem: (tables[problem.table], _RANK.index(problem.kind), problem.column, problem.row or 0))
    groups = [list(group) for _, group in groupby(order, key=lambda problem: (problem.table, problem.kind, problem.column))]
    parts = []
    for table, first in groupby(groups[:GROUPS], key=lambda group: group[0].table):
        parts += [f'<h3 class="part">{escape(title(table, words.lang))}</h3>'] if table else []
        parts += [_group(words, group) for group in first]
    rest = sum(map(len, groups[GROUPS:]))
    return "".join(parts) + (f'<p class="rest">{escape(words.n("desk.more_problems", rest))}</p>' if rest else "")


def _group(words: Words, group: Sequence[Problem]) -> str:
    first = group[0]
    head = column_title(words, first.table, first.column)
    count = f" <span>{escape(words.n('desk.count_problems', len(group)))}</span>" if len(group) > 1 else ""
    items = "".join(f"<li>{_where(words, problem)}{cell(sentence(problem, words))}</li>" for problem in group[:EACH])
    rest = blocks.rest(words, "desk.more_problems", len(group) - EACH)
    return f'{f"<h4>{cell(head)}{count}</h4>" if head else ""}<ul class="list">{items}{rest}</ul>'


def _where(words: Words, problem: Problem) -> str:
    return f"<b>{escape(words.t('desk.row', row=str(problem.row)))}</b> " if problem.row else ""


def _marked(view: View, number: int, name: str, content: bytes, problems: Sequence[Problem]) -> None:
    path = PurePath(name)
    st.download_button(
        view.words.t("desk.marked", file=_label(path.name)),
        data=lambda: with_problems(name, content, problems, view.words),
        file_name=f"{path.stem}_problems{'.xlsx' if path.suffix == '.ods' else path.suffix}",
        on_click="ignore",
        icon=":material/download:",
        key=f"marked-{number}",
    )


def _label(name: str) -> str:
    """The name of a file, escaped for a Streamlit label, which is Markdown."""
    return "".join(letter if letter.isalnum() or letter in " .-" else f"\\{letter}" for letter in name if letter.isprintable())[:120]
