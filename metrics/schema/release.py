"""A release: all tables at one moment, the thing that every reader looks at; and caches that belong to it and go with it.

Says nothing about where a release is kept or how it was read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import pandas as pd

P = ParamSpec("P")
R = TypeVar("R")
Figure = tuple[float | None, float | None, float | None]
"""The value, the lower and the upper bound of a reading."""


@dataclass(frozen=True)
class Figures:
    """What the method of its time said of a release on the day of its publication, by id of indicator."""

    day: date
    values: Mapping[str, Figure]


@dataclass(frozen=True, eq=False)
class Release:
    """An immutable, numbered set of all tables of metrics.schema.tables, as `typed` gives them; the digest names their content.

    `schema` and `method` are the versions under which it was published, `figures` what that method said of it; None where it was
    not published, or before they were kept. The tables have today's columns in any case. `caches` is what was worked out of it.

    Compared and cached by identity: comparing all tables would cost more than reading them.
    """

    number: int
    digest: str
    tables: Mapping[str, pd.DataFrame]
    schema: int | None = None
    method: int | None = None
    figures: Figures | None = None
    caches: dict[Callable, Any] = field(default_factory=dict, init=False, repr=False)


def cached_by_release(maxsize: int = 64, at: int = 0) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A `functools.lru_cache` of `maxsize` results for each release, or whatever else has `caches`, that stands `at` this argument.

    One for the whole function would keep releases in memory that nobody can see any more.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def cached(*args: P.args, **kwargs: P.kwargs) -> R:
            owner: Any = args[at]
            caches = owner.caches
            results = caches.get(function) or caches.setdefault(function, lru_cache(maxsize)(function))
            return results(*args, **kwargs)

        return cached

    return decorate


def cached_comparison(function: Callable[..., R]) -> Callable[..., R]:
    """A cache of what follows from several releases, which belongs to the last and goes with any of them."""

    @wraps(function)
    def cached(*releases: Release) -> R:
        *others, last, owner = releases
        results = owner.caches.setdefault(function, WeakKeyDictionary())
        for other in others:
            results = results.setdefault(other, WeakKeyDictionary())
        if last not in results:
            results[last] = function(*releases)
        return results[last]

    return cached
