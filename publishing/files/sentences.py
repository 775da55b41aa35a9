"""Problems and normalised cells as sentences.

Messages are in locale/ under `problem.` and `read_as.`. Nothing is escaped here; callers escape on display.
"""

from collections.abc import Mapping
from typing import Protocol

from metrics.schema.columns import fields
from metrics.schema.problems import DOUBTS, Problem
from metrics.schema.tables import TABLES, field_of
from publishing.files.normalize_cell import ReadAs

_EXCERPT = 60
"""Characters of a value that a sentence quotes."""


class Words(Protocol):
    """The messages of a language; wording.Words has this form."""

    lang: str

    def t(self, key: str, **fields: object) -> str:
        """The message of a key with its fields filled in."""


def sentence(problem: Problem, words: Words) -> str:
    """A problem or a doubt as a sentence that says what is allowed or understood, without its row and column."""
    column = _title(problem, problem.column, words)
    family = "doubt" if problem.kind in DOUBTS else "problem"
    return words.t(f"{family}.{_kind(problem)}", value=_short(problem.value), column=column, **_params(problem, words))


def line(problem: Problem, words: Words, file: str = "") -> str:
    """A problem or a doubt in one line with its file, row and column, without control characters, which a cell could put into a log."""
    where = {"row": str(problem.row)} if problem.row else {}
    where |= {"column": problem.column} if problem.column else {}
    key = {(): "cli.whole", ("row",): "cli.row", ("column",): "cli.column", ("row", "column"): "cli.cell"}[tuple(where)]
    file = file or (f"{problem.table}.csv" if problem.table else str(problem.params["file"]))
    text = words.t(key, file=file, said=sentence(problem, words), **where)
    return "".join(letter for letter in text if letter.isprintable())


def read_as(reading: ReadAs, words: Words) -> str:
    """The sentence for a normalised cell."""
    return words.t(f"read_as.{reading.kind}", value=_short(reading.value), taken=_short(reading.result))


def _kind(problem: Problem) -> str:
    """The kind; for a range that is open on one side and for a word that is near another, the variant for it."""
    if problem.kind == "unknown_reference" and problem.params["nearest"]:
        return "unknown_word"
    if problem.kind != "out_of_range" or None not in problem.params.values():
        return problem.kind
    return "out_of_range_low" if problem.params["maximum"] is None else "out_of_range_high"


def _params(problem: Problem, words: Words) -> Mapping[str, object]:
    """The parameters for readers: columns and tables by title, lists joined by commas."""
    params = dict(problem.params)
    if problem.kind == "unknown_reference":
        refers = TABLES[str(params["table"])]
        title = refers.metadata["title"].of(words.lang)
        return {"nearest": params["nearest"], "table": title, "refers": fields(refers)[str(params["column"])].title.of(words.lang)}
    if "table" in params:
        params["table"] = TABLES[str(params["table"])].metadata["title"].of(words.lang)
    if "columns" in params:
        params["columns"] = ", ".join(_title(problem, name, words) for name in params["columns"])
    if "other" in params and problem.kind == "one_language_missing":
        params["other"] = _title(problem, params["other"], words)
    if problem.kind == "misspelt_column":
        params["nearest"] = _title(problem, problem.params["nearest"], words)
    if problem.kind == "unknown_column":
        params["allowed"] = [_title(problem, name, words) for name in params["allowed"]]
    return {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in params.items()}


def _title(problem: Problem, column: str, words: Words) -> str:
    field = field_of(problem.table, column)
    return field.title.of(words.lang) if field else column


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"
