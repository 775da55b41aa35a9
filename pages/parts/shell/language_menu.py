"""The menu of languages in the bar of every page and at the first start."""

from collections.abc import Sequence

import streamlit as st

from languages import language
from pages.parts.shell.parameters import write
from wording import Words


def language_menu(words: Words, others: Sequence[str]) -> None:
    """The language of the words, and the others to choose from, each in its own words; the choice is written into the address."""
    records = map(language, (words.lang, *others))
    unread = [words.t("frame.unread", language=record.label) for record in records if record.unread]
    st.menu_button(
        words.language.label,
        list(others),
        format_func=lambda lang: language(lang).label,
        key="control-lang",
        icon=":material/language:",
        type="tertiary",
        help=" ".join([f"{words.t('frame.language')}.", *unread]),
        on_click=write,
        args=("lang",),
    )
