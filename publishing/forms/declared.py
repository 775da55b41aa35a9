"""The forms: which table each fills in, which columns it asks for, and which cells are the same each time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from metrics.schema.vocabulary import MEASURED_FUND

CITY = "city_id"
"""Asked for as a name, which may be that of a city that the tables lack."""


@dataclass(frozen=True)
class Form:
    """A form for a row of `table` and of what it refers to; every form asks for a source besides.

    `asked` are columns in the order in which they are asked, a text of several languages by its family. `fixed` are cells that are the
    same each time. `places` is the table that holds the city of the row, where that is another one. `said` and `amount` are the
    columns of its day and its amount: of several rows for the same day one is primary.
    """

    table: str
    asked: tuple[str, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
    places: str = ""
    said: str = ""
    amount: str = ""


FORMS: Mapping[str, Form] = {
    "new_partner": Form("agreements", (CITY, "type", "signed")),
    "contact": Form("contacts", (CITY, "date", "kind", "level", "subject")),
    "export": Form("policy_exports", (CITY, "project", "sector", "status", "started"), places="export_places"),
    "fund_balance": Form("fund", ("value", "date"), {"measure": "balance", "fund": MEASURED_FUND}, said="date", amount="value"),
    "published_count": Form("published_counts", ("measure", "value", "as_of"), said="as_of", amount="value"),
}
FORM_OF = {form.table: name for name, form in FORMS.items()}
"""The form for the next row of a table; the others have none."""
