"""Kinds of ties and headings of lists as they are written in common languages, and dates, in the project's terms."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from metrics.schema.columns import fields
from metrics.schema.dates import is_date
from metrics.schema.migrations import rows_of_missing
from metrics.schema.names import columns
from metrics.schema.tables import TABLES
from publishing.files.normalize_cell import normalize_cell
from publishing.new_city.folding import folded

SISTER, FRIENDSHIP, MEMORANDUM, UNCLEAR = "sister", "friendship", "memorandum", "unclear"
ENDING = 2
"""Most letters of the plural of a label, as in Projektpartnerschaften."""

_KINDS: Mapping[str, str] = {
    FRIENDSHIP: (
        "friend|freundschaft|amitie|amistad|amicizia|amizade|우호|우정|友好交流|友好|druzb|przyjaz|vriend|дружб|dostluk|"
        "kardeslik protokol|صداقة"
    ),
    MEMORANDUM: ("memorandum|mou|absichtserklarung|letter intent|양해각서|备忘录|備忘録|覚書|protokol|cooperation agreement|협력|مذكرة"),
    SISTER: (
        "sister|twin|partner|توام|jumelage|jumelee|jumele|gemell|hermana|hermanad|geminad|irma|stedenband|zuster|ystadskap|"
        "venskab|vanort|vennskap|ystavyys|kardes|побратим|miasta|testver|자매|姉妹|姐妹|友城|결연|ortas|bratsk|"
        "druge mesto|stadtepartner"
    ),
}
"""Beginnings or parts of the words for each standard kind, folded; the first kind that fits is taken."""

_COLUMNS: Mapping[str, str] = {
    "country": (
        "country|countrylabel|land|staat|pays|pais|paese|nation|nazione|국가|나라|국가명|国|国家|國家|国名|страна|ulke|"
        "kraj|country territory|stat|دولة|بلد|کشور|מדינה|ארץ|χωρα|краіна|държава|држава|drzava|zeme|tara|orszag|maa|"
        "quoc gia|negara"
    ),
    "year": (
        "year|date|since|start|starttime|start time|start year|signed|established|jahr|datum|seit|annee|depuis|ano|"
        "fecha|anno|data|연도|년도|체결일|체결연도|결연일|결연연도|체결|일자|年|年份|日期|提携年|提携日|締結年|日付|"
        "год|дата|yil|rok|date signed|date agreement|year signed|gegrundet|سنة|عام|تاريخ|سال|שנה|ετος|рік|година|"
        "godina|jaar|vuosi|nam|tahun"
    ),
    "kind": (
        "kind|type|relation|relationship|art|typ|status|nature|tipo|유형|구분|종류|관계|类型|類型|種別|種類|区分|тип|tur|category|tietype|"
        "نوع|סוג|τυπος|loai|jenis"
    ),
    "point": ("coord|coords|coordinates|coordinate|coordinate location|location point|좌표|koordinaten|coordonnees|coordenadas"),
    "lat": "lat|latitude|위도|纬度|緯度|breitengrad|breite",
    "lon": "lon|lng|long|longitude|경도|经度|経度|langengrad|lange",
    "city": (
        "city|citylabel|town|place|name|partner|partnerlabel|itemlabel|item|sister|sistercity|sistercitylabel|twin|"
        "twinned|twintown|stadt|ort|gemeinde|partnerstadt|kommune|ville|commune|ciudad|citta|comune|cidade|도시|도시명|"
        "자매도시|도시이름|城市|都市|都市名|市|город|sehir|miasto|sister city|sister cities|partner city|"
        "partner cities|municipality|twin town|city name|twinned administrative body|twinned administrative bodylabel|"
        "우호도시|友好城市|مدينة|شهر|עיר|πολη|місто|град|grad|mesto|varos|kaupunki|stad|thanh pho"
    ),
}
"""Headings of what a column holds."""
_HEADINGS = {folded(heading): name for name, words in reversed(tuple(_COLUMNS.items())) for heading in words.split("|")}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_DAY_MONTH = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?)?([a-z]{3})[a-z]*\.?,? (\d{4})", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_STAMP = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)T[\d:.]+Z?")
_CHARACTERS = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")


class Kinds:
    """The kinds of tie that a city has: the rows of its table `tie_kinds` by code, the standard ones without a table."""

    def __init__(self, table: pd.DataFrame | None = None) -> None:
        table = rows_of_missing("tie_kinds") if table is None else table
        self.rows: Mapping[str, Mapping[str, Any]] = {row["kind_code"]: row for row in table.to_dict("records")}
        words = {folded(code): code for code in self.rows}
        words |= {folded(row[label]): code for label in columns(table, "label") for code, row in self.rows.items() if row[label]}
        self._words = {word: words[word] for word in sorted(words, key=len, reverse=True) if word}

    def code(self, text: str) -> str:
        """The code of the kind that a word or a heading names: in the city's own words, else in those for a standard kind that the city
        has; "" if it names none.
        """
        key = folded(text)
        own = (code for word, code in self._words.items() if key.startswith(word) and len(key) - len(word) <= ENDING)
        standard = (kind for kind, words in _KINDS.items() if key and any(word in key for word in words.split("|")))
        code = key and next(own, next(standard, ""))
        return code if code in self.rows else ""


def column(title: str) -> str:
    """What the column of a title holds: a key of the headings that are known; "" if that is not clear."""
    return _HEADINGS.get(folded(title.lstrip("?")), "")


def date_of(text: str) -> str:
    """A date as precise as a text gives it, in EDTF; its year where the day is ambiguous; "" if it gives none."""
    bare = text.strip()
    if stamp := _STAMP.fullmatch(bare):
        # Wikidata writes the first of January where only the year is known.
        return stamp[1] if stamp.groups()[1:] == ("01", "01") else "-".join(stamp.groups())
    cell = normalize_cell(fields(TABLES["agreements"])["signed"], bare)
    if is_date(cell.text):
        return cell.text if _YEAR.search(cell.text) else ""
    return _written_out(bare) or next(iter(_YEAR.findall(bare)), "")


def _written_out(text: str) -> str:
    if match := _CHARACTERS.search(text):
        return _joined(match[1], match[2], match[3])
    if match := _MONTH_DAY.fullmatch(text):
        return _joined(match[3], _month(match[1]), match[2])
    if match := _DAY_MONTH.fullmatch(text):
        return _joined(match[3], _month(match[2]), match[1])
    return ""


def _month(name: str) -> str:
    return str(_MONTHS.index(name.lower()) + 1) if name.lower() in _MONTHS else ""


def _joined(year: str, month: str | None, day: str | None) -> str:
    text = "-".join([year, *(f"{part:>02}" for part in (month, day if month else None) if part)])
    return text if is_date(text) else year
