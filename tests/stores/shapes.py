"""What can be said of the tables by their declarations, as plain values: it changes only when a release of before may not fit any more."""

from metrics.schema.columns import Field, fields
from metrics.schema.tables import TABLES


def shapes() -> dict[str, dict]:
    """By table: its `key`, whether it has `one_row`, its `columns` with what each may hold, and its `rules` over more than one cell."""
    return {
        name: {
            "key": list(schema.metadata["key"]),
            "one_row": schema.metadata["one_row"],
            "columns": {column: _column(field) for column, field in fields(schema).items()},
            "rules": sorted(_rule(check.statistics["blame"]) for check in schema.checks),
        }
        for name, schema in TABLES.items()
    }


def _column(field: Field) -> dict[str, object]:
    told = ("kind", "required", "allowed", "minimum", "maximum", "pattern", "refers")
    return {name: list(value) if isinstance(value := getattr(field, name), tuple) else value for name in told}


def _rule(blame) -> str:
    return f"{blame.column}: {blame.kind} by {', '.join(blame.columns)}"
