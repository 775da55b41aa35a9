"""Folds names of places and countries, so that spellings of the same name compare as equal."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "þ": "th", "æ": "ae", "Æ": "ae"}
    | {"œ": "oe", "Œ": "oe", "ı": "i", "ə": "a", "ħ": "h"}
)
"""Letters that are no letter with a mark."""
_SHORT = {"saint": "st", "sankt": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "and": "", "the": "", "of": ""}
"""Words of names that are often abbreviated or left out."""
_OPTIONAL = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]")
"""Marks of the Latin, Greek, Cyrillic, Hebrew and Arabic scripts."""
_ARTICLE = re.compile("^ال(?=[\u0621-\u064a]{3})")
_QUOTES = re.compile("['’‘ʻʼʹ`´]")
_CITY = re.compile(r"(?<=[가-힣]{2})(?:특별시|광역시|시)$|(?<=[\u3400-\u9fff]{2})市$")
"""The word for a city at the end of a Korean, Chinese or Japanese name."""


def folded(name: str) -> str:
    """A name without marks, case, punctuation and the word for a city; "" if nothing is left.

    >>> folded("Saint-Étienne"), folded("São Paulo"), folded("서울특별시")
    ('st etienne', 'sao paulo', '서울')
    """
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).casefold()
    # Marks of Indic scripts are vowels: only those of scripts where they are optional go.
    bare = _OPTIONAL.sub("", plain)
    words = re.split(r"[\W_]+", _QUOTES.sub("", unicodedata.normalize("NFC", bare)))
    kept = [_SHORT.get(word, _ARTICLE.sub("", word)) for word in words if word]
    return _CITY.sub("", " ".join(word for word in kept if word)) or " ".join(filter(None, words))
