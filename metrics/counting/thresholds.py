"""The numbers by which relations, terms and announcements are judged: the table `thresholds`, else the usual ones."""

from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import THRESHOLDS


@cached_by_release()
def threshold(release: Release, name: str) -> int:
    """A number of THRESHOLDS: months, years or days, as its name says. Raises KeyError for another name."""
    rows = release.tables["thresholds"]
    values = rows.loc[rows["threshold"] == name, "value"]
    return int(values.iloc[0]) if len(values) else THRESHOLDS[name]
