"""Problems and normalised cells as sentences.

Messages are in locale/ under `problem.` and `read_as.`. Nothing is escaped here; callers escape on display.
"""

from collections.abc import Mapping
from typing import Protocol

from metrics.schema.columns import fields
from metrics.schema.problems import Problem
from metrics.schema.tables import TABLES
from publishing.files.normalize_cell import ReadAs

_EXCERPT = 60
"""Characters of a value that a sentence quotes."""


class Words(Protocol):
    """The messages of a language; wording.Words has this form."""

    lang: str

    def t(self, key: str, **fields: object) -> str:
        """The message of a key with its fields filled in."""


def sentence(problem: Problem, words: Words) -> str:
    """A problem as a sentence that says what is allowed, without its row and column."""
    column = _title(problem, problem.column, words)
    return words.t(f"problem.{_kind(problem)}", value=_short(problem.value), column=column, **_params(problem, words))


def read_as(reading: ReadAs, words: Words) -> str:
    """The sentence for a normalised cell."""
    return words.t(f"read_as.{reading.kind}", value=_short(reading.value), taken=_short(reading.result))


def _kind(problem: Problem) -> str:
    """The kind; for a range that is open on one side, the variant for its limit."""
    if problem.kind != "out_of_range" or None not in problem.params.values():
        return problem.kind
    return "out_of_range_low" if problem.params["maximum"] is None else "out_of_range_high"


def _params(problem: Problem, words: Words) -> Mapping[str, object]:
    """The parameters for readers: columns and tables by title, lists joined by commas."""
    params = dict(problem.params)
    if problem.kind == "unknown_reference":
        refers = TABLES[str(params["table"])]
        return {"table": refers.metadata["title"].of(words.lang), "refers": fields(refers)[str(params["column"])].title.of(words.lang)}
    if "table" in params:
        params["table"] = TABLES[str(params["table"])].metadata["title"].of(words.lang)
    if "columns" in params:
        params["columns"] = ", ".join(_title(problem, name, words) for name in params["columns"])
    if "other" in params and problem.kind == "one_language_missing":
        params["other"] = _title(problem, params["other"], words)
    if problem.kind == "unknown_column":
        params["allowed"] = [_title(problem, name, words) for name in params["allowed"]]
    return {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in params.items()}


def _title(problem: Problem, column: str, words: Words) -> str:
    declared = fields(TABLES[problem.table]) if problem.table else {}
    return declared[column].title.of(words.lang) if column in declared else column


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"
