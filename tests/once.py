"""What many tests ask with the same arguments is worked out once in a run: checks of a table, figures of a release, packages of Streamlit.

All three depend on their arguments alone, and a frame that comes back is a copy of its own.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd
import pytest
from streamlit.components.v2 import manifest_scanner

from metrics.schema import checks
from publishing.store import store


@dataclass(frozen=True)
class _Call:
    """Arguments that cannot be hashed, by what they hold."""

    key: Hashable
    arguments: tuple = field(compare=False)


def once(function: Callable, key: Callable[..., Hashable]) -> Callable:
    """The function, worked out once for all arguments of which `key` says the same."""
    result = lru_cache(maxsize=1000)(lambda call: function(*call.arguments))
    return lambda *arguments: result(_Call(key(*arguments), arguments))


def patch_what_is_the_same(patch: pytest.MonkeyPatch) -> None:
    """Put the three in place of the functions that they keep the results of."""
    checked = once(checks.checked, lambda schema, raw: (id(schema), _text(raw)))

    def copied(schema, raw):
        frame, problems = checked(schema, raw)
        return frame.copy(deep=False), list(problems)

    def content(release, on):
        return on, tuple((name, _text(rows)) for name, rows in release.tables.items() if len(rows))

    patch.setattr(checks, "checked", copied)
    patch.setattr(store, "figures", once(store.figures, content))
    patch.setattr(manifest_scanner, "scan_component_manifests", once(manifest_scanner.scan_component_manifests, lambda: ()))


def _text(rows: pd.DataFrame) -> str:
    return rows.to_csv(index=False)
