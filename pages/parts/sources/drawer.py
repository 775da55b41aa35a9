"""The drawer of a claim: its wording and source, the recomputation, the rows and sources it rests on, and contradictions."""

from html import escape

from metrics.counting.reading import Share
from metrics.schema.tables import TABLES
from metrics.verification.claims import Finding
from metrics.verification.evidence import Contradiction, contradictions
from metrics.verification.recomputing import Claim, Result
from pages.parts.elements.reading_text import bullets, register_rows, section
from pages.parts.elements.row_text import content, first_items, source_line, standing, subject
from pages.parts.shell.selection import View
from pages.parts.sources.claims import definition, formula, published_figure, recomputed, speaks_of, title, verdict, verdict_mark
from publishing.files.downloads import title as table_title

ROWS_AT_MOST = 24


def body(view: View, finding: Finding) -> str:
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
    row = view.release.tables["claims"].set_index("claim_id").loc[claim.id]
    note = view.words.name(row, "note")
    spoken = f"<p>{escape(view.words.t('claim.speaks_of', when=speaks_of(view, claim)))}</p>" if claim.as_of else ""
    return f"<p>{source_line(view, claim.source_id)}</p>{spoken}" + (f"<p>{escape(note)}</p>" if note else "")


def _definition(view: View, claim: Claim) -> str:
    """The kind of figure, and the fraction that the article gives for it."""
    words = view.words
    sentences = [f"{words.of('claim_kind', claim.kind)}: {words.of('claim_kind_means', claim.kind)}"]
    if claim.numerator is not None and claim.denominator:
        fraction = Share(claim.numerator / claim.denominator, fine=True)
        sentences.append(words.t("claim.fraction", part=claim.numerator, whole=claim.denominator, value=fraction))
    elif claim.numerator is not None:
        sentences.append(words.t("claim.numerator", part=claim.numerator))
    return "".join(f"<p>{escape(part)}</p>" for part in sentences)


def _formulas(view: View, finding: Finding) -> str:
    """The formula of the result, and those of other definitions."""
    if finding.result is None:
        return ""
    first = f'<p class="formula">{_formula(view, finding.claim, finding.result)}</p>'
    return first + "".join(f'<p class="formula other">{_formula(view, finding.claim, other)}</p>' for other in finding.others)


def _formula(view: View, claim: Claim, result: Result) -> str:
    defined_as = definition(view, result) if result.kind or result.unit not in ("", claim.unit) else ""
    text = formula(view, result)
    return escape(view.words.t("claim.as_defined", value=text, definition=defined_as) if defined_as else text)


def _rows(view: View, rows: tuple[tuple[str, str], ...]) -> str:
    lines = [_row(view, table, key) for table, key in rows]
    return f'<ul class="list">{first_items(view, [item for item in lines if item], ROWS_AT_MOST)}</ul>' if any(lines) else ""


def _row(view: View, table: str, key: str) -> str:
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
    rows = set(finding.result.rows if finding.result else finding.own)
    facts = [fact for fact in contradictions(view.release) if rows & _keys(fact)]
    items = [
        f"<b>{subject(view, fact.table, row)}</b>, {escape(content(view, fact.table, row))}{standing(view, row)}"
        for fact in facts
        for row in fact.otherwise.to_dict("records")
        if row["source_id"] != finding.claim.source_id
    ]
    return bullets(items[:ROWS_AT_MOST], "list")


def _keys(fact: Contradiction) -> set[tuple[str, str]]:
    column = TABLES[fact.table].metadata["key"][0]
    return {(fact.table, key) for key in (*fact.used[column], *fact.otherwise[column])}


def cited(finding: Finding) -> tuple[str, ...]:
    """The claim's article and the sources that the recomputation rests on."""
    beside = (source for result in (finding.result, *finding.others) if result for source in result.sources)
    return tuple(dict.fromkeys([finding.claim.source_id, *beside]))[:ROWS_AT_MOST]
