"""The version of the method that computes readings from rows, and the readings of an earlier method."""

from dataclasses import dataclass
from datetime import date

from metrics.counting.reading import Reading
from metrics.indicators.registry import readings
from metrics.schema.release import Figure, Figures, Release, cached_by_release

METHOD = 3
"""Raised whenever the same rows give a different reading; CHANGELOG.md lists the differences."""


@dataclass(frozen=True)
class Revision:
    """A reading by today's method, and the figure of the release's own method for the same day."""

    reading: Reading
    published: Figure


def figures(release: Release, on: date) -> Figures:
    """The figures of a release on a day by today's method."""
    return Figures(on, {reading.indicator: figure(reading) for reading in readings(release, on)})


def figure(reading: Reading) -> Figure:
    """The part of a reading that is stored with a release."""
    return reading.value, reading.lower, reading.upper


@cached_by_release()
def revisions(release: Release) -> tuple[Revision, ...]:
    """The readings on a release's own day that differ from its stored figures; none where no figures are stored."""
    if release.figures is None:
        return ()
    published = release.figures.values
    pairs = [(reading, published.get(reading.indicator)) for reading in readings(release, release.figures.day)]
    return tuple(Revision(reading, former) for reading, former in pairs if former is not None and former != figure(reading))
