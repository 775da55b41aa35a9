"""Typefaces of runs: every letter of a name is asked of a typeface of Office that has it."""

import re

import pytest

from exports.deck.lettering import Letters, unstyled
from languages import language


@pytest.mark.parametrize(
    "lang, name, slot, typeface",
    [
        ("en", "Port لاميناء", "cs", "Arial"),
        ("ko", "נווה אגם", "cs", "Arial"),
        ("en", "เมืองน้ำ", "cs", "Leelawadee UI"),
        ("de", "श्रीनगर्या", "cs", "Nirmala UI"),
        ("en", "ក្រុងទន្លេ", "cs", "Leelawadee UI"),
        ("en", "မြစ်ကြီးမြို့", "cs", "Myanmar Text"),
        ("en", "ሐይቅ ከተማ", "cs", "Ebrima"),
        ("en", "龙门镇", "ea", "Microsoft YaHei"),
        ("ko", "鹽埕區", "ea", "Yu Gothic"),
        ("ja", "새항구", "ea", "Malgun Gothic"),
        ("zh_hant", "龙门镇", "ea", "Microsoft YaHei"),
        ("ko", "新港", "ea", "Malgun Gothic"),
        ("zh", "新港", "ea", "Microsoft YaHei"),
        ("de", "Neuhafen", "ea", "Arial"),
        ("de", "Neuhafen", "cs", "Arial"),
    ],
)
def test_a_name_is_set_in_a_typeface_that_has_its_letters(lang, name, slot, typeface):
    own = language(lang).typeface
    assert re.findall(rf'<a:{slot} typeface="([^"]+)"', unstyled([name], Letters(lang, own, own))) == [typeface]
