"""What was agreed with a city, what is open or late, what came of it and what is next; and what ends or is due with any city.

What no row tells of is left out: a table without rows leaves no trace.
"""

from dataclasses import replace

from metrics.counting.coverage import last_covered
from metrics.counting.thresholds import threshold
from metrics.indicators.registry import INDICATORS
from metrics.schema.dates import bounds
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import contacts, follow_through
from metrics.themes.exports_by import documented
from pages.parts.city.city import about
from pages.parts.elements.content import Item, Listing
from pages.parts.elements.row_text import act_line, standing_item
from pages.parts.shell.selection import View

NUMBERS = tuple(indicator.id for indicator in INDICATORS.values() if indicator.id.startswith(("visit_", "unconfirmed_", "agreements_")))
LATE = ("overdue", "open")
ENDING = ("expired", "due")


@cached_by_release()
def answers(view: View) -> Listing | None:
    """The first questions to a dossier, one an item, with their answers; those without an answer are left out, None without any."""
    words = view.words
    answered = {"since": _since, "met": _met, "agreed": _agreed, "late": _late, "came": _came, "next": _next, "owner": _owner}
    parts = {name: lines for name, answer in answered.items() if (lines := answer(view))}
    items = tuple(Item(first, words.t(f"follow.{name}"), tuple(rest)) for name, (first, *rest) in parts.items())
    return Listing("city-answers", words.t("follow.title"), "", (("", items),), "", look="answers") if items else None


def _since(view: View) -> list[str]:
    """As what and since when, and what the tie was before; nothing without a date, since the headline says as what."""
    words, tie = view.words, about(view).tie
    if tie is None or not tie["certain"] or not tie["since"]:
        return []
    fields = {"former": words.of("tie", tie["former"]), "when": words.edtf(tie["former_since"])}
    former = [words.t("follow.since_former", **fields)] if tie["former"] else []
    when = words.edtf(tie["became"]) if tie["became"] else words.t("city.next_none")
    return [words.t("follow.since_tie", tie=words.of("tie", tie["type"]), when=when), *former]


def _met(view: View) -> list[str]:
    """The last contact held: when and what, at which level and where; that there is none among those on record, and since when."""
    words, city = view.words, about(view)
    if city.last is None:
        return [words.t("city.said_no_contact")] if contacts.on_record(view.release) else []
    last = city.last
    level = words.of("contact.level", last["level"]) if last["level"] else ""
    how = [part for part in (words.of("contact.kind", last["kind"]), level, words.name(last, "place")) if part]
    until = last_covered(view.release, "contacts", view.selection.as_of)
    since = [words.t("city.said_quiet", years=threshold(view.release, "quiet_years"), until=until)] if city.quiet else []
    return [f"{words.edtf(last['date'])}: {words.name(last, 'subject')}", ", ".join(how), *since]


def _agreed(view: View) -> list[str]:
    """The newest agreement, and how many more; nothing of a single one without a date or an area, which the headline has told."""
    words, city = view.words, about(view)
    acts, areas = city.signed.to_dict("records"), int((city.areas["role"] == "primary").sum())
    if not acts or (len(acts) == 1 and not areas and not acts[0]["signed"]):
        return []
    more = [words.n("follow.more_acts", len(acts) - 1)] if len(acts) > 1 else []
    return [act_line(view, acts[-1]), *more, *([words.n("area.count", areas)] if areas else [])]


def _late(view: View) -> list[str]:
    words, standing = view.words, _commitments(view)["standing"]
    counts = {name: int((standing == name).sum()) for name in LATE}
    rows, areas = _of_city(view, follow_through.terms), _areas(view)
    ends = [words.t(f"follow.term_{row.term}", when=words.edtf(row.valid_until)) for row in rows[rows["term"].isin(ENDING)].itertuples()]
    silent = int((~areas["served"]).sum())
    followed = follow_through.areas_followed(view.release)
    return [
        *(words.n(f"follow.n_{name}", n) for name, n in counts.items() if n),
        *ends,
        *([words.t("follow.areas_silent", n=silent, all=len(areas))] if silent and followed else []),
    ]


def _came(view: View) -> list[str]:
    words, city = view.words, about(view)
    paid = _payments(view)
    counts = {
        "city.n_contacts": int(city.met["held"].sum()),
        "count.projects": documented(city.exported),
        "follow.n_done": int((_commitments(view)["standing"] == "done").sum()),
        "follow.n_payments": int(((paid["role"] == "primary") & (paid["measure"] == "disbursement")).sum()),
    }
    return [words.n(key, n) for key, n in counts.items() if n]


def _next(view: View) -> list[str]:
    """The nearest anniversary, due date and end of a term that lie ahead."""
    words, coming, rows = view.words, about(view).following, _commitments(view)
    due = rows[(rows["standing"] == "open") & (rows["due"] != "")]
    ends = _of_city(view, follow_through.terms)
    dated = [(row.due, words.name(row._asdict(), "what")) for row in due.itertuples()]
    dated += [(row.valid_until, words.t("follow.term_ends")) for row in ends[ends["term"].isin(["due", "running"])].itertuples()]
    dated += [] if coming is None else [(coming["when"], words.t("follow.anniversary", years=words.n("city.years", coming["years"])))]
    return [f"{words.edtf(when)}: {what}" for when, what in sorted(dated, key=lambda pair: bounds(pair[0])[1])]


def _owner(view: View) -> list[str]:
    rows = follow_through.owners(view.release)
    rows = rows[rows["about"] == view.selection.city]
    return [view.words.office(row) for row in rows.to_dict("records")]


def _of_city(view: View, frame):
    rows = frame(view.release, view.selection.as_of)
    return rows[rows["city_id"] == view.selection.city]


def _commitments(view: View):
    return _of_city(view, follow_through.commitments)


def _payments(view: View):
    return _of_city(view, follow_through.payments)


def _areas(view: View):
    return _of_city(view, follow_through.areas)


def area_notes(view: View, area_ids) -> list[str]:
    """Which of some areas were followed up, and how many were not; nothing where the release follows none."""
    rows = _areas(view)
    rows = rows[rows["area_id"].isin(area_ids)]
    if not len(rows) or not follow_through.areas_followed(view.release):
        return []
    words, served = view.words, rows[rows["served"]]
    until, silent = last_covered(view.release, "contacts", view.selection.as_of), len(rows) - len(served)
    followed = [words.t("area.followed", areas=", ".join(words.names(served, "area")))] if len(served) else []
    return [*followed, *([words.n("area.silent", silent, all=len(rows), until=until)] if silent else [])]


@cached_by_release()
def commitments(view: View) -> Listing | None:
    """The commitments of the city, the late ones first; None without any."""
    words, rows = view.words, _commitments(view)
    if not len(rows):
        return None
    items = tuple(_commitment(view, row) for row in rows.to_dict("records"))
    heads = {"marks": "standing", "text": "what", "facts": "record"}
    columns = {name: words.of("column", column) for name, column in heads.items()}
    until = last_covered(view.release, "commitments", view.selection.as_of)
    measure = words.t("follow.commitments_measure", until=until)
    return Listing("city-commitments", words.n("follow.commitments", len(items)), measure, (("", items),), "", columns)


def _commitment(view: View, row: dict) -> Item:
    words = view.words
    dates = {"agreed": row["agreed"], "due": row["due"], row["state"]: row["settled"]}
    facts = [words.of("side", row["side"]), *(words.t(f"follow.{name}_on", when=words.edtf(when)) for name, when in dates.items() if when)]
    item = standing_item(view, row, words.name(row, "what"), (words.of("follow", row["standing"]),))
    shown_by = (row["evidence_source_id"],) if row["evidence_source_id"] else ()
    return replace(item, facts=tuple(facts), sources=(*item.sources, *shown_by))


@cached_by_release()
def payments(view: View) -> Listing | None:
    """The payments for the city, each by itself; None without any."""
    words, rows = view.words, _payments(view)
    if not len(rows):
        return None
    used = rows["role"] == "primary"
    parts = (("", rows[used]), (words.t("city.told_otherwise"), rows[~used]))
    groups = tuple((title, tuple(_payment(view, row) for row in group.to_dict("records"))) for title, group in parts)
    heads = {"lead": words.of("column", "when"), "text": words.of("column", "value"), "facts": words.of("column", "record")}
    title = words.n("follow.payments", int(used.sum()))
    return Listing("city-payments", title, words.t("follow.payments_measure"), groups, "", heads)


def _payment(view: View, row: dict) -> Item:
    words = view.words
    amount = words.money(row["value"], row["currency"]) if row["value"] == row["value"] else words.t("unknown")
    facts = words.of("fund_measure", row["measure"]), words.of("fund_kind", row["fund"])
    return replace(standing_item(view, row, amount), lead=words.edtf(row["date"]), facts=facts)


def cited(view: View) -> tuple[str, ...]:
    """The sources of the commitments and payments of the city."""
    made = _commitments(view)
    return (*made["source_id"], *(source for source in made["evidence_source_id"] if source), *_payments(view)["source_id"])


@cached_by_release(32)
def pending(view: View) -> Listing | None:
    """What is late, open, or ends soon with any city, and the seats in networks that end; None without any."""
    words, release, on = view.words, view.release, view.selection.as_of
    made, acts, cities = follow_through.commitments(release, on), follow_through.terms(release, on), names(release, "city", words.lang)
    networks = names(release, "network", words.lang)
    late, ending = made[made["standing"].isin(LATE)], acts[acts["term"].isin(ENDING)]
    items = [replace(_commitment(view, row), **_named(row, cities)) for row in late.to_dict("records")]
    items += [
        Item(act_line(view, row), marks=(words.of("follow", row["term"]),), sources=(row["source_id"],), **_named(row, cities))
        for row in ending.to_dict("records")
    ]
    items += [
        Item(
            networks[row["network_id"]],
            words.edtf(row["end"]),
            (words.t(f"follow.seat_{row['term']}", seat=words.of("membership", row["membership"])),),
            sources=(row["source_id"],),
        )
        for row in follow_through.seats(release, on).to_dict("records")
    ]
    title = words.n("follow.pending", len(items))
    return Listing("city-pending", title, words.t("follow.pending_measure"), (("", tuple(items)),), "", look="coming") if items else None


def _named(row: dict, cities) -> dict[str, object]:
    """The fields of an Item that link the name of the row's city to its dossier."""
    return {"name": cities[row["city_id"]], "chosen": {"city": row["city_id"]}}
