"""Code lists: currencies (ISO 4217, from Unicode CLDR) and time zones (IANA).

Used by metrics.schema.checks.unknown_codes.
"""

from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import available_timezones

from babel.core import get_global
from babel.numbers import list_currencies


@lru_cache(maxsize=1)
def known_codes() -> Mapping[str, tuple[str, ...]]:
    """The lists of `metrics.schema.columns.CODE_LISTS`: current currencies before former ones, zones by name."""
    return {"currency": _currencies(), "time_zone": tuple(sorted(available_timezones()))}


def _currencies() -> tuple[str, ...]:
    current = {code for used in get_global("territory_currencies").values() for code, _, end, tender in used if tender and end is None}
    return tuple(sorted(list_currencies(), key=lambda code: (code not in current, code)))
