"""The slide of what changed since a day: the reasons of the releases made since, and the readings then and now."""

from datetime import date

from exports.slides import Slide, Table, Text
from metrics.schema.dates import bounds
from metrics.schema.release import cached_by_release
from pages.parts.city.city import about
from pages.parts.data_desk.summary import summary
from pages.parts.elements.content import Nothing
from pages.parts.elements.slide_pieces import slide
from pages.parts.shell.selection import View
from publishing.changes.review import effects
from publishing.store.release_cache import current_release, current_store
from publishing.store.releases import Entry, time_zone
from publishing.store.since import before, later


def since_slide(view: View, since: str = "") -> Slide:
    """What the release in view changed since a day, by default that of its own publication. Raises DashboardError.

    Nothing for the first release and for a draft, which have no history.
    """
    words = view.words
    entries = _history(view)
    if not entries:
        return slide(view, Nothing("", words.t("slide.releases.since"), words.t("history.only_one")))
    zone = time_zone(view.release)
    day = _day(since) or _published(view, entries[0])
    then = before(entries, day, zone)
    made, head = later(entries, then), words.t("history.since_day", day=day)
    if not made:
        return slide(view, Nothing("", head, words.t("history.since_none", day=day)))
    old = current_release(then.number)
    moved = [change for change in effects(old, view.release, view.selection.as_of) if change.value_changed]
    rows = tuple((words.of("indicator", change.indicator), words.value(change.before), words.value(change.after)) for change in moved)
    heads = tuple(words.t(f"desk.head_{name}") for name in ("reading", "before", "after"))
    changes = (summary(view, old, view.release), *(_reason(view, entry) for entry in reversed(made)))
    return Slide("", head, (*([Table("", heads, rows)] if rows else []), Text(tuple(filter(None, changes)), listed=True)))


def _reason(view: View, entry: Entry) -> str:
    words = view.words
    return f"{words.day(_published(view, entry))}: {entry.note or words.t(f'cli.kind.{entry.kind}', number=str(entry.restored))}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _published(view: View, entry: Entry) -> date:
    """The day on which a release was published, in the home city."""
    return entry.at.astimezone(time_zone(view.release)).date()


def _history(view: View) -> list[Entry]:
    """The releases up to that in view, the newest first; none for the first, nor for a draft."""
    number = view.release.number
    return [entry for entry in current_store().history() if entry.number <= number] if number > 1 else []


@cached_by_release()
def last_meeting(view: View) -> str:
    """The day (ISO) of the last meeting with the chosen city, if something was published since; else "". Raises StoreUnreachable.

    A meeting before the first release is told as the day of that one.
    """
    last, entries = about(view).last, _history(view)
    if last is None or not entries:
        return ""
    day = max(bounds(last["date"])[1], _published(view, entries[-1]))
    return day.isoformat() if later(entries, before(entries, day, time_zone(view.release))) else ""
