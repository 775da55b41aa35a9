"""What `check` found in files, also as JSON for other programs."""

import csv
import io
from dataclasses import dataclass

from metrics.schema.problems import Problem
from metrics.schema.release import Release
from publishing.changes.review import as_lines, differences, removals
from publishing.files.intake import Intake
from publishing.files.normalize_cell import ReadAs
from publishing.files.sentences import Words, read_as, sentence

CELLS = ("table", "change", "key", "column", "before", "after")
"""The titles of `check --cells`, which other programs read."""


@dataclass(frozen=True)
class Checked:
    """Files read on a base: the release with their tables in place of its own, None if there are problems, and the doubts."""

    base: Release
    draft: Release | None
    intake: Intake
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...] = ()


def as_json(checked: Checked, texts: Words) -> dict[str, object]:
    """What was found, for other programs: base, files, read_as, problems, doubts (each with its sentence) and changed cells."""
    intake, draft = checked.intake, checked.draft
    cells = csv.DictReader(io.StringIO(as_lines(differences(checked.base, draft), CELLS).decode("utf-8-sig"))) if draft else ()
    return {
        "base": checked.base.number,
        "files": [{"name": file.name, "sheet": file.sheet, "table": file.table, "rows": file.rows} for file in intake.files],
        "aside": list(intake.aside),
        "read_as": [{**_place(cell), "taken": cell.result, "sentence": read_as(cell, texts)} for cell in intake.read_as],
        "problems": [problem_as_json(problem, texts) for problem in checked.problems],
        "doubts": [problem_as_json(doubt, texts) for doubt in checked.doubts],
        "changes": list(cells),
        "removals": removals(differences(checked.base, draft)) if draft else 0,
    }


def _place(cell: ReadAs | Problem) -> dict[str, object]:
    return {"table": cell.table, "row": cell.row, "column": cell.column, "value": cell.value}


def problem_as_json(problem: Problem, texts: Words) -> dict[str, object]:
    """A problem or doubt: table, row, column, value, kind, and its sentence."""
    return {**_place(problem), "kind": problem.kind, "sentence": sentence(problem, texts)}
