"""Due dates as a calendar (iCalendar, RFC 5545): whole days, each under an id that stays when its day moves."""

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from metrics.indicators.this_month import Matter, known_days
from metrics.schema.names import names
from metrics.schema.release import Release
from metrics.themes.follow_through import owners
from wording import Words


def calendar(release: Release, as_of: date, words: Words) -> bytes:
    """The due dates that are known to the day: terms, commitments, anniversaries, figures."""
    made = Calendar.new(prodid="-//Urban diplomacy dashboard//EN", version="2.0", name=words.t("stale.calendar"))
    stamp = datetime.combine(as_of, time(), UTC)
    for matter, when in known_days(release, as_of):
        event = Event.new(
            uid="-".join((matter.kind, *matter.ids, matter.detail, str(matter.years))) + "@urban-diplomacy",
            stamp=stamp,
            start=when,
            end=when + timedelta(days=1),
            summary=matter_text(release, matter, words),
        )
        made.add_component(event)
    return made.to_ical()


def matter_text(release: Release, matter: Matter, words: Words) -> str:
    """What is to be settled, in a line."""
    lang = words.lang
    match matter.kind:
        case "seat":
            called, seat = names(release, "network", lang), words.of("membership", matter.detail)
            return words.n("this_month.seat", len(matter.ids), networks=", ".join(called[id] for id in matter.ids), seat=seat)
        case "update":
            return words.t("this_month.update", indicator=words.of("indicator", matter.ids[0]))
        case "figure":
            fields = {"indicator": words.of("indicator", matter.ids[0]), "owner": _owner(release, matter.ids[0], words)}
            return words.t("this_month.figure_of" if fields["owner"] else "this_month.figure", **fields)
    fields = {"city": names(release, "city", lang)[matter.ids[0]], "years": words.n("count.anniversary", matter.years)}
    return words.t(f"this_month.{matter.kind}", what=_promised(release, matter.detail, words), **fields)


def _owner(release: Release, about: str, words: Words) -> str:
    """The office that answers for something; "" where none is named."""
    rows = owners(release)
    return next((words.name(row, "office") for row in rows[rows["about"] == about].to_dict("records")), "")


def _promised(release: Release, commitment: str, words: Words) -> str:
    rows = release.tables["commitments"]
    return next((words.name(row, "what") for row in rows[rows["commitment_id"] == commitment].to_dict("records")), "")
