"""The languages of the home city: those offered, and the one for readers whose browser asks for none of them."""

from babel.languages import get_official_languages

from languages import FALLBACK, LANGUAGES
from metrics.schema.home import home_country
from metrics.schema.names import offered_languages, original
from metrics.schema.release import Release, cached_by_release
from publishing.store.release_cache import current_release
from publishing.store.releases import UnreadableRelease


@cached_by_release()
def home_language(release: Release) -> str:
    """The first language that the home city declares, else the official one of its country with the most speakers that there is; else
    the fallback.
    """
    if declared := original(release):
        return declared
    spoken = get_official_languages(home_country(release))
    return next((code for code in spoken if code in LANGUAGES), FALLBACK)


def languages_at_home() -> tuple[str, ...]:
    """The languages offered of the release in force, that of the home city first; those of the interface while none can be read."""
    try:
        release = current_release()
    except UnreadableRelease:
        return tuple(dict.fromkeys((FALLBACK, *LANGUAGES)))
    return tuple(dict.fromkeys((home_language(release), *offered_languages(release))))
