"""The version of the method by which readings follow from rows, and what another method said of a release."""

from dataclasses import dataclass
from datetime import date

from metrics.counting.reading import Reading
from metrics.indicators.registry import readings
from metrics.schema.release import Figure, Figures, Release, cached_by_release

METHOD = 2
"""Raised whenever the same rows give another reading than before; CHANGELOG.md says what is different."""


@dataclass(frozen=True)
class Revision:
    """A reading by today's method, and the figure that the release's own method gave for the same day."""

    reading: Reading
    published: Figure


def figures(release: Release, on: date) -> Figures:
    """What today's method says of a release on a day."""
    return Figures(on, {reading.indicator: figure(reading) for reading in readings(release, on)})


def figure(reading: Reading) -> Figure:
    """The part of a reading that is kept with a release."""
    return reading.value, reading.lower, reading.upper


@cached_by_release()
def revisions(release: Release) -> tuple[Revision, ...]:
    """The readings of a release's own day that its own method gave otherwise; none where its figures were not kept."""
    if release.figures is None:
        return ()
    published = release.figures.values
    pairs = [(reading, published.get(reading.indicator)) for reading in readings(release, release.figures.day)]
    return tuple(Revision(reading, former) for reading, former in pairs if former is not None and former != figure(reading))
