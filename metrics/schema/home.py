"""The home city's own country."""

from metrics.schema.release import Release, cached_by_release


@cached_by_release()
def home_country(release: Release) -> str:
    """The country_code of the home city; "" where the release names no home."""
    cities = release.tables["cities"]
    return next(iter(cities.loc[cities["city_id"].isin(release.tables["home"]["city_id"]), "country_code"]), "")
