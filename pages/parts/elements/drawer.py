"""The source drawer: what a figure means, its formula with the numbers filled in, dates, sources and conflicts."""

from collections.abc import Iterable
from html import escape

from metrics.counting.measuring import in_unit
from metrics.counting.published import undated
from metrics.counting.reading import Reading, When
from metrics.indicators.registry import INDICATORS
from metrics.schema.names import names
from metrics.themes.fund import legal_term
from metrics.themes.partnerships import parts
from pages.parts.elements.source_text import age, source_line
from pages.parts.shell.selection import View

SHOWN_AT_MOST = 40
WIDTH = 620
METHOD = "https://open-sdg.org/open-sdg/docs/progress-methodology/"


def drawer_html(view: View, reading: Reading) -> str:
    words = view.words
    parts = [
        f'<div class="big">{escape(words.value(reading))}</div>',
        f"<p>{escape(words.t('drawer.as_of', day=reading.as_of))}</p>",
        _section(words.t("drawer.definition"), f"<p>{escape(words.of('definition', reading.indicator))}</p>"),
        _section(words.t("drawer.formula"), f'<p class="formula">{escape(words.formula(reading.formula))}</p>'),
        _section(words.t("drawer.certainty"), _sentences(_certainty(view, reading))),
        _section(words.t("drawer.undated"), _list(_undated(view, reading))),
        *register_rows(view, reading),
        _section(words.t("drawer.previous"), _sentences(_previous(view, reading))),
        _section(words.t("drawer.target"), _sentences(_target(view, reading))),
        _section(words.t("drawer.conflicts"), _list(_conflicts(view, reading))),
        _section(words.t("drawer.sources"), _list(source_line(view, source) for source in reading.sources[:SHOWN_AT_MOST])),
    ]
    return "".join(parts)


def _section(title: str, body: str) -> str:
    return f"<h3>{escape(title)}</h3>{body}" if body else ""


def _sentences(sentences: Iterable[str]) -> str:
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)


def _list(items: Iterable[str]) -> str:
    """Items that are HTML already."""
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{lines}</ul>" if lines else ""


def _certainty(view: View, reading: Reading) -> list[str]:
    words, sentences = view.words, []
    if reading.documented not in (None, reading.value) and reading.unit != "share" and reading.value is not None:
        sentences.append(words.t("reading.documented", documented=reading.documented, value=words.value(reading)))
    sentences += _bounds(view, reading)
    if reading.benchmark:
        mark = reading.benchmark
        sentences.append(words.t("reading.benchmark", as_of=When(mark.as_of), value=in_unit(mark.value, mark.unit)))
    if reading.newest:
        sentences.append(words.t("reading.newest", day=reading.newest, age=age(view, reading.age_days)))
    if reading.covered_until:
        sentences.append(words.t("reading.covered", day=reading.covered_until))
    if reading.indicator == "partner_cities" and (kinds := parts(view.release, reading.as_of))["rest"] >= 0:
        sentences.append(words.t("partners.parts" if kinds["rest"] else "partners.two_parts", **kinds, whole=reading.value))
    if reading.indicator.startswith("fund_") and (term := legal_term(view.release, reading.as_of)):
        sentences.append(words.t("fund.legal_term", term=When(term)))
    return sentences


def _bounds(view: View, reading: Reading) -> list[str]:
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
    sentences = [words.t("published.undated", value=in_unit(count.value, count.unit), as_of=When(count.as_of)) for count in counts]
    notes = [words.name(count.notes, "note") for count in counts]
    return [
        f"{escape(sentence)}. {escape(note)} ({source_line(view, count.source_id)})"
        for sentence, note, count in zip(sentences, notes, counts, strict=True)
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
        lines = [_row(view, register.loc[key], named[key]) for key in keys[-SHOWN_AT_MOST:]]
        if len(keys) > SHOWN_AT_MOST:
            lines.append(escape(view.words.t("drawer.more_rows", n=len(keys) - SHOWN_AT_MOST)))
        sections.append(_section(view.words.t(f"drawer.{kind}", n=len(keys)), _list(lines)))
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
        value = in_unit(target.value, target.unit)
        sentences.append(
            words.t("target.dated" if target.due else "target.undated", value=value, due=When(target.due), set_on=When(target.set_on))
        )
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
    items = []
    for conflict in reading.conflicts:
        fields = dict(conflict.fields)
        if conflict.kind == "published_otherwise":
            note = view.words.name(fields, "note")
            sentence = view.words.t("formula.published_otherwise", value=fields["value"], as_of=fields["as_of"])
            items.append(f"{escape(sentence)} {escape(note)} ({source_line(view, fields['source'])})")
        else:
            items.append(escape(view.words.formula(conflict)))
    return items
