"""What the rows that readings name are called, in both languages."""

import pandas as pd

from metrics.schema.release import Release

ENTITIES = {
    "city": ("cities", "city_id", "name"),
    "country": ("territories", "country_code", "name"),
    "project": ("policy_exports", "export_id", "project"),
    "organisation": ("organisations", "organisation_id", "name"),
    "network": ("networks", "network_id", "name"),
    "event": ("events", "event_id", "name"),
    "plan_item": ("plan_items", "item_id", "title"),
}
"""Each kind of thing: its table, its key, and the field that holds its names."""


def names(release: Release, entity: str) -> pd.DataFrame:
    """Columns name_en and name_ko, by the key of the entity. Raises KeyError for an unknown entity."""
    table, key, field = ENTITIES[entity]
    rows = release.tables[table].set_index(key)[[f"{field}_en", f"{field}_ko"]]
    return rows.set_axis(["name_en", "name_ko"], axis=1)
