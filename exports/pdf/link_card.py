"""The picture of a link as other sites show it: a page's title, its first sentence, its date and a drawing. 1200 by 630 pixels, PNG."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from charts.theme import LIGHT
from exports.pdf import font
from exports.pdf.handout import fonts
from exports.pdf.paper import without_labels_beyond
from languages import language

TEMPLATE = Path(__file__).with_name("link_card.typ")
LETTERS = 200
"""Most letters of the sentence."""


def link_card(title: str, sentence: str, day: str, lang: str, svg: str = "", fit: str = "contain") -> bytes:
    """The picture; `fit` is "cover" for a drawing whose edges may be cut, such as a map."""
    told = {"title": title, "sentence": sentence if len(sentence) <= LETTERS else f"{sentence[:LETTERS]}…", "day": day}
    document: dict[str, Any] = {name: font.shaped(text)[0] for name, text in told.items()}
    beyond = font.beyond("".join(document.values()))
    document |= {"svg": without_labels_beyond(font.covered(svg)[0])[0], "fit": fit, "colours": asdict(LIGHT)}
    document |= {"lang": lang.partition("_")[0], "rtl": language(lang).direction == "rtl", "fonts": [font.family(font.FILES[0]), *beyond]}
    inputs = {"document": json.dumps(document, ensure_ascii=False)}
    return typst.compile(TEMPLATE, font_paths=fonts(), sys_inputs=inputs, format="png", ppi=72)
