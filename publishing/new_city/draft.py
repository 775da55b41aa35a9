"""A list of partners as a draft on a release: the tables that it changes, how many ties it adds, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from metrics.schema.problems import Problem
from metrics.schema.release import Release
from publishing.changes.rows import raw
from publishing.new_city.kinds import Kinds
from publishing.new_city.matching import Match
from publishing.new_city.tables import NEEDED, Given, Tables, with_partners
from publishing.store.releases import candidate


@dataclass(frozen=True, eq=False)
class Draft:
    """Tables of text for a draft, how many ties the list adds to them, and the problems for which they cannot be kept."""

    tables: Tables
    added: int
    problems: Sequence[Problem]


def kinds_of(base: Release, tables: Mapping[str, pd.DataFrame]) -> Kinds:
    """The kinds of tie of a release, or of the `tables` that a draft on it has."""
    return Kinds(tables["tie_kinds"] if "tie_kinds" in tables else raw(base, "tie_kinds"))


def draft(base: Release, tables: Mapping[str, pd.DataFrame], matches: Sequence[Match], given: Given, kind: str) -> Draft:
    """The draft of decided matches on a release and the `tables` that a draft on it already has; `kind` is that of ties without one."""
    known = {name: tables[name] if name in tables else raw(base, name) for name in NEEDED}
    made = with_partners(known, matches, given, kind)
    added = len(made["agreements"]) - len(known["agreements"])
    every = {**tables, **made}
    return Draft(every, added, candidate(base, every)[1] if added else ())
