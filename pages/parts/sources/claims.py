"""The claims of articles: their texts in the reader's language, headline, verdicts, search, list, and the drawer of a claim."""

from html import escape
from urllib.parse import urlencode

from charts.marks import mark
from metrics.counting.measuring import in_unit
from metrics.counting.reading import Formula, Share, When
from metrics.schema.names import columns, original, texts
from metrics.schema.release import cached_by_release
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import tie_kinds
from metrics.verification.claims import VERDICTS, Finding, counted, ledger
from metrics.verification.evidence import contradictions
from metrics.verification.recomputing import Claim, Result
from pages.parts.elements.content import Headline, Html
from pages.parts.elements.reading_text import bullets, paragraphs, register_rows, section
from pages.parts.elements.row_text import content, empty_html, first_items, source_line, standing, subject
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture, picture_address, strong
from publishing.files.downloads import title as table_title


def title(view: View, claim: Claim) -> str:
    """The claim in our own words."""
    return _texts(view)[0][claim.id]


def article(view: View, source: str) -> str:
    """The short name of an article: publisher and date."""
    return _texts(view)[1][source]


@cached_by_release(16)
def _texts(view: View) -> tuple[dict[str, str], dict[str, str]]:
    """The wording of each claim, and the name of each article."""
    claims, sources, words = view.release.tables["claims"], view.release.tables["sources"], view.words
    cited = sources[sources["source_id"].isin(claims["source_id"])]
    when = {row.source_id: words.edtf(row.published) if row.published else words.t("source.undated") for row in cited.itertuples()}
    articles = {row.source_id: f"{row.publisher or row.title}, {when[row.source_id]}" for row in cited.itertuples()}
    return texts(claims.set_index("claim_id"), "said", view.selection.lang, original(view.release)).to_dict(), articles


def published_figure(view: View, claim: Claim) -> str:
    """The figure as published."""
    if claim.stated:
        return view.words.edtf(claim.stated)
    number = _number(view, claim, claim.value)
    return number if claim.sharpness == "exact" else view.words.t(f"claim.{claim.sharpness}", value=number)


def _number(view: View, claim: Claim, value: float) -> str:
    return view.words.show(Share(value / 100, fine=True) if claim.unit == "percent" else in_unit(value, claim.unit))


def recomputed(view: View, finding: Finding) -> str:
    """The recomputed figure, or why there is none."""
    if finding.result is None:
        return view.words.of("claim_reason", finding.reason)
    text = result_text(view, finding.claim, finding.result)
    if finding.verdict != "definition":
        return text
    return view.words.t("claim.as_defined", value=text, definition=definition(view, finding.result))


def definition(view: View, result: Result) -> str:
    """The definition of a result that differs from the claim's: a kind of figure, a tie or a unit."""
    if result.kind:
        return view.words.of("claim_kind", result.kind)
    if result.unit in tie_kinds(view.release):
        return view.words.of("tie", result.unit)
    return view.words.of("claim_unit", result.unit).removeprefix("claim_unit.")


def result_text(view: View, claim: Claim, result: Result) -> str:
    """A result as text: a date, a figure with or without bounds, a lower bound, or the bounds alone."""
    if result.when:
        return view.words.edtf(result.when)
    numbers = {"lower": result.lower, "upper": result.upper, "value": result.value}
    figures = {name: _number(view, claim, number) for name, number in numbers.items() if number is not None}
    if result.upper is None:
        return view.words.t("claim.at_least", value=figures["lower"])
    if result.value is None:
        return view.words.t("bounds.short", **figures)
    return figures["value"] if result.lower == result.upper else view.words.t("claim.with_bounds", **figures)


def verdict(view: View, finding: Finding) -> str:
    """The verdict as a sentence, with the difference or why the claim cannot be checked."""
    words = view.words
    if finding.verdict == "unchecked":
        return words.of("claim_reason_means", finding.reason)
    if finding.verdict != "differs":
        return words.of("verdict_means", finding.verdict)
    key = "days" if finding.claim.stated else "points" if finding.claim.unit == "percent" else "number"
    far = abs(finding.off)
    distance = words.number(round(far, 1)) if key != "number" else _number(view, finding.claim, far)
    return words.t(f"claim.off_{key}_{'more' if finding.off > 0 else 'less'}", by=distance)


def formula(view: View, result: Result) -> str:
    """The formula of a result with its figures."""
    return view.words.formula(Formula(result.formula.kind, result.formula.fields))


def verdict_mark(view: View, name: str) -> str:
    """The mark of a verdict as HTML."""
    return picture(mark(name, view.palette), "mark")


ORDERS = ("telling", "number")


@cached_by_release(16)
def headline(view: View) -> Headline:
    """The headline: how many figures are right, how many are not, and how many cannot be checked."""
    words, verdict_counts = view.words, counted(ledger(view.release))
    whole = sum(verdict_counts.values())
    if not whole:
        return Headline(escape(words.t("claim.headline_none")))
    groups = {"hold": ("matches", "consistent"), "differ": ("differs", "definition"), "unchecked": ("unchecked",)}
    fields = {name: strong(words.number(sum(verdict_counts[verdict] for verdict in group))) for name, group in groups.items()}
    return Headline(words.t("claim.headline", claims=strong(words.n("claim.figures", whole)), **fields))


@cached_by_release(16)
def verdicts(view: View) -> Html:
    """The count of each verdict as a stacked bar with its legend."""
    words, verdict_counts = view.words, counted(ledger(view.release))
    if not sum(verdict_counts.values()):
        return Html("", empty_html(words.t("claim.fill")))
    parts = "".join(f'<i class="{verdict}" style="flex:{many}"></i>' for verdict, many in verdict_counts.items() if many)
    key = "".join(
        f'<li class="{verdict}">{verdict_mark(view, verdict)}<b>{words.number(many)}</b> {escape(words.of("verdict", verdict))}'
        f'<span class="when">{escape(words.of("verdict_means", verdict))}</span></li>'
        for verdict, many in verdict_counts.items()
    )
    return Html("", f'<div class="verdicts" aria-hidden="true">{parts}</div><ul class="verdict-key">{key}</ul>')


@cached_by_release()
def matching(view: View, query: str, verdict: str, source: str) -> tuple[Finding, ...]:
    words = query.casefold().split()
    texts = _searched(view)
    return tuple(
        finding
        for finding in ledger(view.release)
        if verdict in ("", finding.verdict)
        and source in ("", finding.claim.source_id)
        and all(word in texts[finding.claim.id] for word in words)
    )


@cached_by_release(8)
def _searched(view: View) -> dict[str, str]:
    """The searched text of each claim: its id, wording in all languages, figure, measure and article."""
    rows = view.release.tables["claims"].set_index("claim_id")
    rows = rows[[*columns(rows, "said"), "measure"]]
    claims = [finding.claim for finding in ledger(view.release)]
    texts = ([claim.id, *rows.loc[claim.id], published_figure(view, claim), article(view, claim.source_id)] for claim in claims)
    return {claim.id: " ".join(text).casefold() for claim, text in zip(claims, texts, strict=True)}


@cached_by_release(16)
def claims_html(view: View, findings: tuple[Finding, ...], along: tuple[tuple[str, str], ...]) -> str:
    """The claims as HTML: wording, published figure, recomputed figure, verdict."""
    words = view.words
    heads = "".join(f"<span>{escape(words.t(f'claim.head_{name}'))}</span>" for name in ("said", "published", "recomputed", "verdict"))
    items = "".join(_row(view, finding, along) for finding in findings)
    marks = ";".join(f"--{name}:url({picture_address(mark(name, view.palette))})" for name in VERDICTS)
    return f'<div class="claims" style="{marks}"><div class="heads" aria-hidden="true">{heads}</div><ul class="list">{items}</ul></div>'


def _row(view: View, finding: Finding, along: tuple[tuple[str, str], ...]) -> str:
    words, claim = view.words, finding.claim
    address = "?" + urlencode([*along, ("claim", claim.id)])
    quiet = " · ".join(escape(part) for part in (claim.id, words.of("claim_kind", claim.kind), article(view, claim.source_id)))
    word = escape(words.of("verdict", finding.verdict))
    return (
        f'<li class="{finding.verdict}"><div><a href="{escape(address)}" data-row="{escape(claim.id)}">{escape(title(view, claim))}</a>'
        f'<span class="when">{quiet}</span></div><div class="figure">{escape(published_figure(view, claim))}</div>'
        f'<div class="figure again">{escape(recomputed(view, finding))}</div><div class="verdict"><i class="mark"></i>{word}</div></li>'
    )


ROWS_AT_MOST = 24


def claim_html(view: View, finding: Finding) -> str:
    """The drawer as HTML."""
    words, claim, result = view.words, finding.claim, finding.result
    parts = [
        f'<h2 class="title">{escape(title(view, claim))}</h2>',
        _versus(view, finding),
        f'<p class="verdict">{verdict_mark(view, finding.verdict)}<b>{escape(words.of("verdict", finding.verdict))}</b></p>',
        f"<p>{escape(verdict(view, finding))}</p>",
        section(words.t("claim.where"), _where(view, claim)),
        section(words.t("claim.definition"), _definition(view, claim)),
        section(words.t("drawer.formula"), _formulas(view, finding)),
        *(register_rows(view, result.reading) if result and result.reading else ()),
        section(words.t("claim.rests"), _rows(view, result.rows)) if result else section(words.t("claim.own"), _rows(view, finding.own)),
        section(words.t("claim.otherwise"), _otherwise(view, finding)),
        section(words.t("drawer.sources"), bullets((source_line(view, source) for source in cited(finding)), "list")),
    ]
    return "".join(parts)


def _versus(view: View, finding: Finding) -> str:
    """The published figure beside the recomputed one."""
    words = view.words
    look = "big none" if finding.result is None else "big"
    return (
        f'<div class="beside"><div><span class="when">{escape(words.t("claim.head_published"))}</span>'
        f'<div class="big">{escape(published_figure(view, finding.claim))}</div></div>'
        f'<div><span class="when">{escape(words.t("claim.head_recomputed"))}</span>'
        f'<div class="{look}">{escape(recomputed(view, finding))}</div></div></div>'
    )


def _where(view: View, claim: Claim) -> str:
    words, row = view.words, view.release.tables["claims"].set_index("claim_id").loc[claim.id]
    spoken = words.t("claim.speaks_of", when=words.show(When(claim.as_of))) if claim.as_of else ""
    return f"<p>{source_line(view, claim.source_id)}</p>" + paragraphs([spoken, words.name(row, "note")])


def _definition(view: View, claim: Claim) -> str:
    """The kind of figure, and the fraction that the article gives for it."""
    words = view.words
    sentences = [f"{words.of('claim_kind', claim.kind)}: {words.of('claim_kind_means', claim.kind)}"]
    if claim.numerator is not None and claim.denominator:
        fraction = Share(claim.numerator / claim.denominator, fine=True)
        sentences.append(words.t("claim.fraction", part=claim.numerator, whole=claim.denominator, value=fraction))
    elif claim.numerator is not None:
        sentences.append(words.t("claim.numerator", part=claim.numerator))
    return paragraphs(sentences)


def _formulas(view: View, finding: Finding) -> str:
    """The formula of the result, and those of other definitions."""
    words, texts = view.words, []
    for result in (finding.result, *finding.others) if finding.result else ():
        defined_as = definition(view, result) if result.kind or result.unit not in ("", finding.claim.unit) else ""
        text = formula(view, result)
        text = words.t("claim.as_defined", value=text, definition=defined_as) if defined_as else text
        texts.append(f'<p class="formula{" other" if texts else ""}">{escape(text)}</p>')
    return "".join(texts)


def _rows(view: View, rows: tuple[tuple[str, str], ...]) -> str:
    lines = [_table_row(view, table, key) for table, key in rows]
    return f'<ul class="list">{first_items(view, [item for item in lines if item], ROWS_AT_MOST)}</ul>' if any(lines) else ""


def _table_row(view: View, table: str, key: str) -> str:
    """One row of a table; empty where this release does not have it."""
    rows = view.release.tables[table]
    rows = rows[rows[TABLES[table].metadata["key"][0]] == key]
    if not len(rows):
        return ""
    row = rows.iloc[0].to_dict()
    where = f'<span class="when">{escape(table_title(table, view.selection.lang))}</span>'
    return f"<li><b>{subject(view, table, row)}</b>, {escape(content(view, table, row))}{where}{standing(view, row)}</li>"


def _otherwise(view: View, finding: Finding) -> str:
    """Contradicting rows on the facts of the claim."""
    rows, items = set(finding.result.rows if finding.result else finding.own), []
    for fact in contradictions(view.release):
        column = TABLES[fact.table].metadata["key"][0]
        if rows & {(fact.table, key) for key in (*fact.used[column], *fact.otherwise[column])}:
            against = (row for row in fact.otherwise.to_dict("records") if row["source_id"] != finding.claim.source_id)
            items += [
                f"<b>{subject(view, fact.table, row)}</b>, {escape(content(view, fact.table, row))}{standing(view, row)}" for row in against
            ]
    return bullets(items[:ROWS_AT_MOST], "list")


def cited(finding: Finding) -> tuple[str, ...]:
    """The claim's article and the sources that the recomputation rests on."""
    beside = (source for result in (finding.result, *finding.others) if result for source in result.sources)
    return tuple(dict.fromkeys([finding.claim.source_id, *beside]))[:ROWS_AT_MOST]
