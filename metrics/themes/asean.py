"""The member states of ASEAN in which the city has a partner: the city announced a target for their number.

Counted as all partner countries are (metrics/themes/partnerships.py), from the same register.
"""

import pandas as pd

from metrics.counting.measuring import Total, counted
from metrics.schema.release import Release, cached_by_release
from metrics.themes.partnerships import TABLES, country_register

STATES = ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN")
"""The ten members when the target was set, in June 2018 (ISO 3166-1 alpha-2)."""

OF_CITIES_THAT_AIM = ("partner_countries_asean",)
"""Indicators of this module that only concern a city that published them or set itself a target."""


@cached_by_release()
def register(release: Release) -> pd.DataFrame:
    """Spells by country_code, as `metrics.themes.partnerships.country_register` gives them, of the member states."""
    rows = country_register(release)
    return rows[rows["key"].isin(STATES)].reset_index(drop=True)


INDICATORS = (counted(Total("partner_countries_asean", "countries", register), "more", TABLES, "country"),)
