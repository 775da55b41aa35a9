"""A release: all tables at one moment, however stored and read, and caches that live as long as it does."""

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
    """The figures of a release on the day of its publication, by the method of that time and id of indicator."""

    day: date
    values: Mapping[str, Figure]


@dataclass(frozen=True, eq=False)
class Release:
    """An immutable, numbered set of all tables of metrics.schema.tables, as `typed` gives them; the digest names their content.

    `schema` and `method` are the versions under which it was published, `figures` the readings by that method; None where it was
    not published, or before they were stored. The tables always have today's columns. `caches` holds results computed from it.

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
    """A `functools.lru_cache` of `maxsize` results for each release (or other object with `caches`), which is argument number `at`.

    One cache for the whole function would keep unused releases in memory.
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
    """A cache of results from several releases, stored with the last and dropped with any of them."""

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
