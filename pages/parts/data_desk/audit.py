"""The audit page: headline, acts filtered by kind and person, the log as CSV; or why access is refused.

Read only: publishing/access/audit_log.py has the log.
"""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from pages.parts.data_desk.changes import cell
from pages.parts.data_desk.draft import moment
from pages.parts.shell import blocks
from pages.parts.shell.account_menu import sign_in_link
from pages.parts.shell.current_user import may_audit, record_refusal
from pages.parts.shell.parameters import choice, part_of, word_of
from pages.parts.shell.selection import View
from publishing.access.audit_log import Record, as_csv, records
from publishing.store.audit import ACTS
from publishing.store.errors import StoreUnreachable
from publishing.store.release_cache import current_store

LOOKED_AT = 2000
"""The newest acts, which the page filters; the file has all."""


def audit(view: View) -> None:
    words = view.words
    if not may_audit():
        record_refusal("audit")
        sign_in = sign_in_link(view)
        blocks.headline(words.t("audit.closed"), words.t("rights.desk_sign_in" if sign_in else "rights.admins"), sign_in)
        return
    try:
        acts = records(current_store(), count=LOOKED_AT)
    except StoreUnreachable as away:
        blocks.headline(words.t("audit.away"), away.sentence(words))
        return
    blocks.headline(_headline(view, acts))
    with st.container(key="figure-audit"):
        if acts:
            _listed(view, _narrowed(view, acts))
        _foot(view, acts)


def _headline(view: View, acts: Sequence[Record]) -> str:
    words = view.words
    refused = sum(record.act == "refused" for record in acts)
    key = "audit.headline" if len(acts) < LOOKED_AT else "audit.headline_newest"
    sentence = words.n(key, len(acts)) if acts else words.t("audit.none")
    return f"{sentence} {words.n('audit.refused', refused)}" if refused else sentence


def _narrowed(view: View, acts: Sequence[Record]) -> list[Record]:
    words = view.words
    people = sorted({record.who for record in acts if record.who})
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="audit-controls"):
        act, who = word_of(view, "act", ("", *ACTS), ""), word_of(view, "who", ("", *people), "")
        choice("act", words.t("audit.act"), ("", *ACTS), lambda name: words.of("act", name) if name else words.t("audit.every_act"), 200)
        choice("who", words.t("audit.who"), ("", *people), lambda name: name or words.t("audit.everybody"), 260)
    return [record for record in acts if act in ("", record.act) and who in ("", record.who)]


def _listed(view: View, acts: Sequence[Record]) -> None:
    words = view.words
    if not acts:
        blocks.sentence(words.t("audit.nothing"), "empty")
        return
    page = acts[part_of(view, len(acts))]
    heads = "".join(f"<th>{escape(words.t(f'audit.{name}'))}</th>" for name in ("at", "who", "act", "about"))
    rows = "".join(_row(view, record) for record in page)
    st.html(f'<div class="rows audit" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>')


def _row(view: View, record: Record) -> str:
    who = cell(record.who) if record.who else f'<span class="none">{escape(view.words.t("audit.nobody"))}</span>'
    act = escape(view.words.of("act", record.act))
    mark = ' class="refused"' if record.act == "refused" else ""
    return f"<tr{mark}><td>{escape(moment(view, record.at))}</td><td>{who}</td><td>{act}</td><td>{_about(view, record.about)}</td></tr>"


def _about(view: View, about: Mapping[str, object]) -> str:
    """The details of an act, with translated names where there are any."""
    parts = {name: value for name, value in about.items() if value not in (None, "", {}, [])}
    labels = {name: view.words.of("about", name) for name in parts}
    named = {name: name if label == f"about.{name}" else label for name, label in labels.items()}
    return ", ".join(f"{escape(named[name])} {cell(_value_text(value))}" for name, value in parts.items())


def _value_text(value: object) -> str:
    return ", ".join(f"{name} {part}" for name, part in value.items()) if isinstance(value, dict) else str(value)


def _foot(view: View, acts: Sequence[Record]) -> None:
    words = view.words
    blocks.sentence(words.t("audit.foot"), "sourceline")
    if acts:
        file = f"audit_{view.today.isoformat()}.csv"
        blocks.download(words.t("audit.csv"), file, "text/csv", lambda: as_csv(current_store()), type="tertiary", key="audit-csv")
