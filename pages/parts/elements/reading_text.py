"""A reading as a card and as the drawer of its source: number, basis, formula, certainty, rows, state, sources. Needs no browser."""

from collections.abc import Iterable
from html import escape

from charts.marks import colour, mark
from metrics.counting.measuring import in_unit
from metrics.counting.published import undated
from metrics.counting.reading import Reading, Share, When
from metrics.indicators.registry import INDICATORS, read, recorded
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import contacts, events, follow_through, fund, networks, partnerships, plan, policy_exports, relation_states
from metrics.themes.fund import legal_term
from metrics.themes.partnerships import parts
from pages.parts.elements.row_text import age, source_line
from pages.parts.elements.ties import counts_of, only_standard
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture

PAGE_OF = {
    indicator.id: page
    for page, themes in {
        "partner_cities": (partnerships,),
        "city": (contacts, relation_states, follow_through),
        "policy_exports": (policy_exports,),
        "cooperation_fund": (fund,),
        "plan": (plan,),
        "networks": (networks, events),
    }.items()
    for theme in themes
    for indicator in theme.INDICATORS
}
"""The page of the theme of an indicator."""
SIDES = ("before", "after")
"""The position of the words of a minimum: before the number in English, after it in Korean."""
COUNTED_UNITS = frozenset(indicator.unit for indicator in INDICATORS.values()) - {"share", "currency"}
"""The units of readings that are counted."""
OLD_DAYS = 3 * 365
"""A reading whose newest observation is older than this is marked as old."""


def reading_of(view: View, indicator: str) -> Reading:
    """The reading of an indicator on the date of the view."""
    return read(indicator, view.release, view.selection.as_of)


def telling(view: View, indicators: tuple[str, ...]) -> tuple[str, ...]:
    """The indicators that the city has, without those whose share is vague, since it may have any value."""
    return tuple(id for id in indicators if id in recorded(view.release) and not reading_of(view, id).vague)


@cached_by_release(512)
def card(view: View, indicator: str) -> tuple[str, str]:
    """The number of a card and its line of context, as HTML."""
    reading = reading_of(view, indicator)
    value, (context,) = _value(view, reading), lines(view, reading)
    size = " none" if reading.value is None else " long" if len(value) > 6 else ""
    old = " old" if _is_old(reading) else ""
    number = f'<div class="card{old}"><div class="figure"><span class="value{size}">{_marked(view, reading, value)}</span></div></div>'
    return number, f'<div class="card"><div class="rests">{_shape(view, reading)}{escape(context)}</div></div>'


def card_html(value: str, rests: str, name: str = "", size: str = "", state: str = "", old: bool = False) -> str:
    """A card: its value and what that rests on, both HTML, and a name as text."""
    named = f'<div class="name">{escape(name)}</div>' if name else ""
    return (
        f'<div class="card{" old" if old else ""}">{named}<div class="figure"><span class="value{size}">{value}</span></div>'
        f'{state}<div class="rests">{rests}</div></div>'
    )


def _value(view: View, reading: Reading) -> str:
    """The value without the words of a minimum, which stand beside it; with the word that its unit is counted by."""
    if reading.value is None or not reading.minimum:
        return view.words.value(reading)
    return counted(view, reading.value, reading.unit)


def counted(view: View, value: float, unit: str) -> str:
    """A value with the word that its unit is counted by, where the language has one (72곳), else as `Words.amount` says it."""
    return view.words.n(f"counter.{unit}", value) if unit in COUNTED_UNITS else view.words.amount(value, unit)


def _marked(view: View, reading: Reading, value: str) -> str:
    """The number as HTML with its one quiet mark: the year of an old figure, else that it is a minimum."""
    if _is_old(reading):
        return f"{escape(value)} <small>{escape(view.words.t('rests.old', year=str(reading.newest.year)))}</small>"
    if not (reading.minimum and reading.value):
        return escape(value)
    placed = zip(SIDES, view.words.t("bounds.open", lower="|").split("|"), strict=True)
    before, after = (f'<small class="{side}">{escape(part.strip())}</small>' if part else "" for side, part in placed)
    return f"{before} {escape(value)}{after}".strip()


def lines(view: View, reading: Reading) -> tuple[str, ...]:
    """The line under a number: its share of its target where a value was published for both, else its basis."""
    target = reading.target
    if reading.value is None or reading.formula.kind != "observation" or target is None or not target.value:
        return (rests_on(view, reading),)
    fields = {"share": Share(reading.value / target.value), "target": counted(view, target.value, target.unit), "due": When(target.due)}
    return (view.words.t("rests.target" if target.due else "rests.target_undated", **fields),)


def _shape(view: View, reading: Reading) -> str:
    """The state of progress towards the target that the line of a card tells, as its shape and its word to a screen reader."""
    if reading.formula.kind != "observation" or reading.target is None or reading.progress is None:
        return ""
    state = reading.progress.state
    return picture(mark(state, view.palette), "mark", view.words.of("state", state))


def _is_old(reading: Reading) -> bool:
    return reading.age_days is not None and reading.age_days > OLD_DAYS


def rests_on(view: View, reading: Reading) -> str:
    """The basis of a number in a few words: the published count and later changes, or what else it is computed from."""
    words, fields, kind = view.words, reading.formula.fields, reading.formula.kind
    as_of = _month(fields.get("as_of"))
    match kind:
        case "benchmark" if fields["added"] or fields["ended"]:
            net = fields["added"] - fields["ended"]
            benchmark = counted(view, fields["benchmark"], reading.unit)
            return words.t("rests.benchmark_and_more", benchmark=benchmark, as_of=as_of, net=f"{net:+d}".replace("-", "\N{MINUS SIGN}"))
        case "benchmark" | "observation":
            return words.t(f"rests.{kind}", as_of=as_of)
        case "register" | "named":
            return words.t("rests.register")
        case "uncertain_benchmark":
            return words.t("rests.uncertain", benchmark=counted(view, fields["benchmark"], reading.unit))
        case "window" | "window_without_start":
            return words.t("rests.window", **{side: When(f"{fields[side]:%Y-%m}") for side in ("since", "until")})
        case "not_compared":
            return words.t("rests.not_compared", since=When(f"{fields['since']:%Y-%m}"))
        case "whole_less_part" | "parts_together":
            return words.t(f"rests.{kind}", **fields)
        case "contacts":
            return words.t("rests.contacts", partners=counted(view, fields["partners"], reading.unit))
        case "share":
            return words.t("rests.share", part=fields["part"], whole=fields["whole"])
    return words.formula(reading.formula)


def _month(when: object) -> object:
    """A published date that is known to the day as its month; the drawer has the day."""
    return When(when.edtf[:7]) if isinstance(when, When) and len(when.edtf) == 10 else when


def state_html(view: View, state: str, more: str = "") -> str:
    """A state of progress as HTML: its mark and word."""
    drawn, word = picture(mark(state, view.palette), "mark"), escape(view.words.of("state", state))
    return f'<div class="state" style="color:{colour(state, view.palette)}">{drawn}<span>{word}</span>{more}</div>'


SHOWN_AT_MOST = 40
WIDTH = 620
METHOD = "https://open-sdg.org/open-sdg/docs/progress-methodology/"


def drawer_html(view: View, reading: Reading) -> str:
    words = view.words
    parts = [
        f'<div class="big">{escape(words.value(reading))}</div>',
        f"<p>{escape(words.t('drawer.as_of', day=reading.as_of))}</p>",
        section(words.t("drawer.definition"), f"<p>{escape(words.of('definition', reading.indicator))}</p>"),
        section(words.t("drawer.formula"), f'<p class="formula">{escape(words.formula(reading.formula))}</p>'),
        section(words.t("drawer.certainty"), paragraphs(_certainty(view, reading))),
        section(words.t("drawer.undated"), bullets(_undated(view, reading))),
        *register_rows(view, reading),
        section(words.t("drawer.previous"), paragraphs(_previous(view, reading))),
        section(words.t("drawer.target"), paragraphs(_target(view, reading))),
        section(words.t("drawer.conflicts"), bullets(_conflicts(view, reading))),
        section(words.t("drawer.sources"), bullets(source_line(view, source) for source in reading.sources[:SHOWN_AT_MOST])),
    ]
    return "".join(parts)


def section(title: str, body: str) -> str:
    """A part of a drawer under its title; empty without a body."""
    return f"<h3>{escape(title)}</h3>{body}" if body else ""


def paragraphs(sentences: Iterable[str]) -> str:
    """Sentences as HTML, each a paragraph; empty ones are left out."""
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences if sentence)


def bullets(items: Iterable[str], look: str = "") -> str:
    """Items that are HTML as a list, perhaps of a class; empty without any."""
    inside = "".join(f"<li>{item}</li>" for item in items)
    start = f'<ul class="{look}">' if look else "<ul>"
    return f"{start}{inside}</ul>" if inside else ""


def _certainty(view: View, reading: Reading) -> list[str]:
    words, sentences = view.words, []
    if reading.documented not in (None, reading.value) and reading.unit != "share" and reading.value is not None:
        sentences.append(words.t("reading.documented", documented=reading.documented, value=words.value(reading)))
    sentences += _bounds_sentences(view, reading)
    if reading.benchmark:
        mark = reading.benchmark
        sentences.append(words.t("reading.benchmark", as_of=When(mark.as_of), value=in_unit(mark.value, mark.unit)))
    if reading.newest:
        sentences.append(words.t("reading.newest", day=reading.newest, age=age(view, reading.age_days)))
    if reading.covered_until:
        sentences.append(words.t("reading.covered", day=reading.covered_until))
    if reading.indicator == "partner_cities":
        sentences += _by_kind(view, reading)
    if reading.indicator.startswith("fund_") and (term := legal_term(view.release, reading.as_of)):
        sentences.append(words.t("fund.legal_term", term=When(term)))
    return sentences


def _by_kind(view: View, reading: Reading) -> list[str]:
    """The partners by kind of tie; nothing where published counts contradict one another."""
    words, (kinds, rest) = view.words, parts(view.release, reading.as_of)
    if rest < 0:
        return []
    if only_standard(view):
        return [words.t("partners.parts" if rest else "partners.two_parts", **kinds, rest=rest, whole=reading.value)]
    return [words.t("partners.by_kind", kinds=counts_of(words, kinds), whole=reading.value)] if any(kinds.values()) else []


def _bounds_sentences(view: View, reading: Reading) -> list[str]:
    """The bounds of the value, or that it has no upper bound, and what undated rows could add."""
    words = view.words
    if reading.minimum:
        perhaps = [words.n("reading.perhaps", len(reading.possible))] if reading.possible else []
        return [words.t("reading.open"), *perhaps]
    if reading.vague:
        return [words.t("reading.vague")]
    if reading.lower is None or reading.lower == reading.upper:
        return []
    return [words.t("reading.bounds", lower=in_unit(reading.lower, reading.unit), upper=in_unit(reading.upper, reading.unit))]


def _undated(view: View, reading: Reading) -> list[str]:
    """The published counts of an uncertain day or of none, with what is known of it, as HTML."""
    words = view.words
    counts = undated(view.release, reading.indicator, reading.as_of)
    return [
        f"{escape(words.t('published.undated', value=in_unit(count.value, count.unit), as_of=When(count.as_of)))}. "
        f"{escape(words.name(count.notes, 'note'))} ({source_line(view, count.source_id)})"
        for count in counts
    ]


def register_rows(view: View, reading: Reading) -> list[str]:
    """The register rows behind the reading: added, possible, ended; each with its date and its source."""
    indicator = INDICATORS[reading.indicator]
    if indicator.register is None:
        return []
    register, named = indicator.register(view.release).set_index("key"), names(view.release, indicator.entity, view.selection.lang)
    sections = []
    for kind in ("added", "possible", "ended"):
        keys = list(getattr(reading, kind))
        rows = [_row(view, register.loc[key], named[key]) for key in keys[-SHOWN_AT_MOST:]]
        if len(keys) > SHOWN_AT_MOST:
            rows.append(escape(view.words.t("drawer.more_rows", n=len(keys) - SHOWN_AT_MOST)))
        sections.append(section(view.words.t(f"drawer.{kind}", n=len(keys)), bullets(rows)))
    return sections


def _row(view: View, spell, name: str) -> str:
    when = escape(view.words.edtf(spell["when"]))
    return f"{escape(name)}, {when} ({source_line(view, spell['source_id'])})"


def _previous(view: View, reading: Reading) -> list[str]:
    previous = reading.previous
    if previous is None:
        return []
    words = view.words
    if previous.reason and previous.reason.kind == "none_since":
        return [f"{words.formula(previous.reason)}."]
    if previous.change is None:
        return [words.t("previous.not_comparable", as_of=previous.as_of, reason=words.formula(previous.reason))]
    figures = {"value": in_unit(previous.value, reading.unit), "change": in_unit(previous.change, reading.unit)}
    key = "previous.change" if reading.lower == reading.upper else "previous.recorded"
    return [words.t(key, as_of=previous.as_of, **figures)]


def _target(view: View, reading: Reading) -> list[str]:
    words, target, progress = view.words, reading.target, reading.progress
    sentences = []
    if target:
        fields = {"value": in_unit(target.value, target.unit), "due": When(target.due), "set_on": When(target.set_on)}
        sentences.append(words.t("target.dated" if target.due else "target.undated", **fields))
    if progress:
        sentences.append(f"{words.of('state', progress.state)}. {words.of('state_means', progress.state)}")
        if progress.observed is not None:
            key = "progress.inputs" if progress.ratio is not None else "progress.trend"
            sentences.append(words.t(key, **_inputs(view, reading)))
        sentences.append(words.t("progress.method", address=METHOD))
    return sentences


def _inputs(view: View, reading: Reading) -> dict[str, object]:
    progress, words = reading.progress, view.words
    unit = reading.benchmark.unit if reading.benchmark else reading.unit
    return {
        "base": words.amount(progress.base, unit),
        "base_day": progress.base_day,
        "latest": words.amount(progress.latest, unit),
        "latest_day": progress.latest_day,
        "observed": words.percent(progress.observed),
        "required": words.percent(progress.required) if progress.required is not None else "",
        "ratio": words.number(round(progress.ratio, 2)) if progress.ratio is not None else "",
    }


def _conflicts(view: View, reading: Reading) -> list[str]:
    words, items = view.words, []
    for conflict in reading.conflicts:
        fields = dict(conflict.fields)
        if conflict.kind == "published_otherwise":
            sentence = words.t("formula.published_otherwise", value=fields["value"], as_of=fields["as_of"])
            items.append(f"{escape(sentence)} {escape(words.name(fields, 'note'))} ({source_line(view, fields['source'])})")
        else:
            items.append(escape(words.formula(conflict)))
    return items
