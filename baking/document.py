"""A page of the static edition as a document: its head with the link card, menu, languages, and the line that says of when it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from baking.html import coloured, file_of
from baking.pages import PAGES
from exports.version import project_version
from languages import language
from metrics.indicators.method import METHOD
from metrics.schema.names import offered_languages
from pages.parts.shell.navigation import is_offered
from pages.parts.shell.selection import View

_STYLE = re.compile(r'style="[^"]*"')
_SCRIPT = '<script type="module" src="../assets/site.js"></script>'


@dataclass(frozen=True)
class Card:
    """What a link to a page shows elsewhere: its title, its first sentence, and the address of its picture, "" for none."""

    title: str
    sentence: str
    picture: str = ""


def document(view: View, page: str, card: Card, body: str, files: Mapping[str, str]) -> str:
    """A page of the menu, or the dossier of the view's city, with its body of HTML; its foot leads to `files` by what they are called."""
    top = f'<header class="top">{_brand(view)}{_search(view)}{_languages(view, file_of(page, view.selection.city))}</header>'
    main = f'<main id="content"><p class="stands">{escape(stands(view))}</p>{body}</main>'
    links = "".join(f'<a href="{file}" download>{escape(called)}</a>' for file, called in files.items())
    foot = f'<footer class="end">{links}<span>{escape(view.words.t("frame.version", version=project_version()))}</span></footer>'
    return _whole(view, card, f"{top}{_menu(view, page)}{main}{foot}", script=_SCRIPT)


def alone(view: View, card: Card, body: str, page: str) -> str:
    """One figure for a frame within another page, with the way to its own."""
    here = f'<p class="stands"><a href="{page}" target="_top">{escape(title_of(view))}</a> · {escape(stands(view))}</p>'
    named = f'<h1 class="unseen">{escape(title_of(view))}</h1>'
    return _whole(view, card, f"<main>{named}{body}{here}</main>", "alone-page")


def stands(view: View) -> str:
    """The day and the release of what is said."""
    words = view.words
    number = words.t("handout.release", number=str(view.release.number), method=str(METHOD))
    return f"{words.t('handout.as_of', day=view.selection.as_of)} · {number}"


def _whole(view: View, card: Card, body: str, look: str = "", script: str = "") -> str:
    spoken = language(view.selection.lang)
    title = escape(f"{card.title} · {title_of(view)}" if card.title else title_of(view))
    sentence = escape(f"{card.sentence} ({view.words.t('handout.as_of', day=view.selection.as_of)})")
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f'<meta name="description" content="{sentence}"><meta property="og:type" content="website">'
        f'<meta property="og:title" content="{title}"><meta property="og:description" content="{sentence}">{_picture(card)}'
        f'<link rel="icon" href="../assets/logo.png"><link rel="stylesheet" href="../assets/site.css">{script}'
    )
    attributes = f' class="{look}"' if look else ""
    body = _STYLE.sub(_in_colours, body)
    return f'<!doctype html><html lang="{spoken.tag}" dir="{spoken.direction}"><head>{head}</head><body{attributes}>{body}</body></html>\n'


def _in_colours(found: re.Match[str]) -> str:
    return coloured(found[0])


def _picture(card: Card) -> str:
    shown = f'<meta property="og:image" content="{escape(card.picture)}"><meta name="twitter:card" content="summary_large_image">'
    return shown if card.picture else ""


def title_of(view: View) -> str:
    """The name of the dashboard."""
    return view.words.t("frame.title", city=view.words.name(view.home))


def _brand(view: View) -> str:
    place = f'<span class="place">{escape(title_of(view))}</span>'
    return f'<a class="brand" href="{file_of("overview")}"><span class="dot" aria-hidden="true"></span>{place}</a>'


def _languages(view: View, file: str) -> str:
    """Links to the same page in the other languages, each in its own words."""
    records = {lang: language(lang) for lang in offered_languages(view.release) if lang != view.selection.lang}
    links = "".join(
        f'<a href="../{lang}/{escape(file)}" lang="{record.tag}" hreflang="{record.tag}">{escape(record.label)}</a>'
        for lang, record in records.items()
    )
    return f'<nav class="languages" aria-label="{escape(view.words.t("frame.language"))}">{links}</nav>' if links else ""


def _search(view: View) -> str:
    """The place of the search, with the words for it, which the script fills."""
    words = view.words
    says = {name: words.t(f"search.{name}") for name in ("label", "hint", "failed")}
    says |= {"none": words.t("search.none", text="{text}"), "many": words.t("search.many", shown="{shown}", n="{n}")}
    return f'<div class="finds"{"".join(f" data-{name}={chr(34)}{escape(text)}{chr(34)}" for name, text in says.items())}></div>'


def _menu(view: View, page: str) -> str:
    named = [name for name in PAGES if is_offered(view.release, name)]
    current = {page: ' aria-current="page"'}
    links = "".join(f'<a href="{file_of(name)}"{current.get(name, "")}>{escape(view.words.of("page", name))}</a>' for name in named)
    return f'<nav class="menu" aria-label="{escape(view.words.t("frame.menu"))}">{links}</nav>'
