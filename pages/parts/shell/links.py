"""Links to pages that keep the reader's choices, and the pages of the menu."""

import streamlit as st

from pages.parts.shell.blocks import plain_label
from pages.parts.shell.current_user import may_audit, may_prepare
from pages.parts.shell.navigation import FIRST, OF_SOME, PLACES, is_offered
from pages.parts.shell.selection import SHARED, View


def places(view: View) -> dict[str, list[st.Page]]:
    """The pages for the menu, by the title of their group."""
    words, closed = view.words, {page for page, may in zip(OF_SOME, (may_prepare, may_audit), strict=True) if not may()}
    return {
        words.of("group", group) if group else "": [
            st.Page(
                f"{name}.py",
                title=words.of("page", name),
                icon=f":material/{icon}:",
                help=words.t(f"page.{name}.help"),
                default=name == FIRST,
                visibility="visible" if is_offered(view.release, name) and name not in closed else "hidden",
            )
            for name, icon in pages.items()
        ]
        for group, pages in PLACES.items()
    }


def link(view: View, name: str, label: str, **more: str) -> None:
    """A link to a page that keeps the shared parameters of the address; `more` are parameters of that page."""
    st.page_link(f"{name}.py", label=plain_label(label), query_params=shared_parameters() | more, help=view.words.t(f"page.{name}.help"))


def shared_parameters(*more: str) -> dict[str, str]:
    """The shared parameters of the address for a link to another page, with the `more` of this page."""
    return {part: st.query_params[part] for part in (*SHARED, *more) if part in st.query_params}
