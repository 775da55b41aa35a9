"""The language of the home city: for readers whose browser asks for none that the dashboard has."""

from babel.languages import get_official_languages

from languages import FALLBACK, LANGUAGES
from metrics.schema.release import Release, cached_by_release
from metrics.themes.partnerships import home_country
from publishing.store.release_cache import current_release
from publishing.store.releases import UnreadableRelease


@cached_by_release()
def home_language(release: Release) -> str:
    """The official language of the home city's country with the most speakers, of those that there are; else the fallback."""
    spoken = get_official_languages(home_country(release))
    return next((code for code in spoken if code in LANGUAGES), FALLBACK)


def language_at_home() -> str:
    """The same of the release in force; the fallback while none can be read."""
    try:
        return home_language(current_release())
    except UnreadableRelease:
        return FALLBACK
