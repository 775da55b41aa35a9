"""The codes that others keep lists of: currencies as Unicode CLDR has them (ISO 4217), time zones as IANA's database does.

Judges no cell; metrics.schema.tables.unknown_codes does, with these lists.
"""

from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import available_timezones

from babel.core import get_global
from babel.numbers import list_currencies


@lru_cache(maxsize=1)
def known_codes() -> Mapping[str, tuple[str, ...]]:
    """Each list of `metrics.schema.columns.CODE_LISTS`: the currencies of today before those that are no more, the zones by name."""
    return {"currency": _currencies(), "time_zone": tuple(sorted(available_timezones()))}


def _currencies() -> tuple[str, ...]:
    current = {code for used in get_global("territory_currencies").values() for code, _, end, tender in used if tender and end is None}
    return tuple(sorted(list_currencies(), key=lambda code: (code not in current, code)))
