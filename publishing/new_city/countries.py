"""Countries in any common spelling, and what CLDR knows of them: names, currency, languages.

Names in the languages of CLDR come from data/country_names.tsv.xz, which tools/gazetteer.py makes.
"""

import lzma
import re
from collections.abc import Mapping
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies

from languages import FALLBACK, codes
from publishing.new_city.folding import folded

FILE = Path(__file__).parents[2] / "data" / "country_names.tsv.xz"

_OTHER_NAMES = {
    "AE": "uae|emirates",
    "AU": "new south wales|nsw|victoria|queensland|south australia|western australia|tasmania",
    "BA": "bosnia|bosnia herzegovina",
    "BN": "brunei darussalam",
    "BO": "plurinational state bolivia",
    "CA": "british columbia|ontario|quebec|alberta|manitoba|saskatchewan|nova scotia|new brunswick|newfoundland labrador",
    "CD": "dr congo|drc|democratic republic congo|congo democratic republic|congo kinshasa|zaire",
    "CG": "republic congo|congo brazzaville|congo",
    "CI": "ivory coast",
    "CN": "prc|peoples republic china|mainland china|china mainland|china prc|中国|中國|中华人民共和国",
    "CV": "cape verde",
    "CZ": "czech republic|czechia",
    "DE": "west germany|federal republic germany|frg|brd",
    "FM": "micronesia",
    "GB": ("uk|u k|great britain|britain|england|scotland|wales|northern ireland|united kingdom great britain northern ireland|영국"),
    "GM": "gambia",
    "HK": "hong kong",
    "IE": "republic ireland|ireland republic|eire",
    "IR": "islamic republic iran|iran islamic republic",
    "KP": "dprk|democratic peoples republic korea|korea democratic peoples republic|north korea|북한",
    "KR": "korea|republic korea|korea republic|korea south|s korea|rok|한국|남한|韓国|韩国|韓國",
    "LA": "lao pdr|lao peoples democratic republic",
    "LK": "ceylon",
    "MD": "republic moldova|moldova republic",
    "MK": "macedonia|fyrom",
    "MM": "burma|버마",
    "MO": "macau|macao",
    "NL": "holland",
    "PS": "palestine|state palestine|palestinian territories|palestinian authority",
    "RU": "russian federation|russia",
    "SY": "syrian arab republic",
    "SZ": "swaziland",
    "TL": "east timor",
    "TR": "turkey|turkiye|republic turkiye",
    "TW": "taiwan|roc|republic china|chinese taipei|taiwan roc|대만|台湾|臺灣|台灣",
    "TZ": "united republic tanzania|tanzania united republic",
    "US": "usa|u s a|us|u s|united states america|america|미국|米国|美国|美國",
    "VA": "vatican|holy see",
    "VE": "bolivarian republic venezuela",
    "VN": "viet nam|socialist republic vietnam",
}
"""Short, former and official names that CLDR lacks, and parts that lists write in place of the country; folded."""

_REGIONS = {
    "Asia": "AF AM AZ BD BN BT CN GE HK ID IN IO JP KG KH KP KR KZ LA LK MM MN MO MV MY NP PH PK SG TH TJ TL TM TW UZ VN",
    "Europe": (
        "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME "
        "MK MT NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA XK"
    ),
    "North America": "BM CA GL PM US",
    "Latin America": (
        "AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ MS MX "
        "NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
    "Africa": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA "
        "NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW"
    ),
    "Oceania": "AQ AS AU BV CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
    "Middle East": "AE BH IL IQ IR JO KW LB OM PS QA SA SY YE",
}
_REGION_OF = {code: region for region, codes in _REGIONS.items() for code in codes.split()}

_STATES = (
    "AL:Alabama AK:Alaska AZ:Arizona AR:Arkansas CA:California CO:Colorado CT:Connecticut DE:Delaware "
    "DC:District_of_Columbia FL:Florida GA:Georgia HI:Hawaii ID:Idaho IL:Illinois IN:Indiana IA:Iowa KS:Kansas "
    "KY:Kentucky LA:Louisiana ME:Maine MD:Maryland MA:Massachusetts MI:Michigan MN:Minnesota MS:Mississippi "
    "MO:Missouri MT:Montana NE:Nebraska NV:Nevada NH:New_Hampshire NJ:New_Jersey NM:New_Mexico NY:New_York "
    "NC:North_Carolina ND:North_Dakota OH:Ohio OK:Oklahoma OR:Oregon PA:Pennsylvania RI:Rhode_Island SC:South_Carolina "
    "SD:South_Dakota TN:Tennessee TX:Texas UT:Utah VT:Vermont VA:Virginia WA:Washington WV:West_Virginia WI:Wisconsin "
    "WY:Wyoming"
)
STATES = {code: name.replace("_", " ") for code, name in (pair.split(":") for pair in _STATES.split())}
"""The states of the United States by their two letters."""
_STATE_KEYS = {folded(name): name for name in STATES.values()}


_FORM = re.compile(r"^(federal |islamic )?(republic|kingdom|state|commonwealth) | (republic|kingdom)$")
"""The form of government, which official names carry."""


class Countries:
    """Names of countries; about four megabytes, so it is made for one list and let go."""

    def __init__(self) -> None:
        with lzma.open(FILE, "rt", encoding="utf-8") as lines:
            names = {code: keys.split("|") for code, keys in (line.rstrip("\n").split("\t") for line in lines)}
        self.codes = frozenset(names)
        self._by_name = {keys[0]: code for code, keys in names.items()}
        for code, keys in names.items():
            for key in keys:
                self._by_name.setdefault(key, code)
        self._by_name |= {key: code for code, keys in _OTHER_NAMES.items() for key in keys.split("|")}

    def code(self, text: str) -> str:
        """The ISO 3166-1 alpha-2 code of a country in any common spelling, of its code or of its flag; "" if it is none."""
        if flags := flag_codes(text):
            return flags[0] if flags[0] in self.codes else ""
        bare = text.strip().strip(".")
        if bare.upper() in self.codes and bare.isupper():
            return bare
        known = self._by_name.get(folded(text)) or self._by_name.get(_FORM.sub("", folded(text)), "")
        if known or "," not in text:
            return known
        return next((code for part in reversed(text.split(",")) if (code := self.code(part))), "")


def flag_codes(text: str) -> list[str]:
    """The codes of the flags (pairs of regional indicators) in a text."""
    pairs = re.findall("[\U0001f1e6-\U0001f1ff]{2}", text)
    return ["".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in pair) for pair in pairs]


def state(text: str) -> str:
    """The state of the United States that a text names, in full or by its two letters; "" if it is none."""
    return STATES.get(text.strip(". "), "") or _STATE_KEYS.get(folded(text), "")


def region(code: str) -> str:
    """The region of the world of a country, as metrics/schema/tables.py names them."""
    return _REGION_OF.get(code, "Asia")


def name(code: str, lang: str) -> str:
    """The name of a country in a language; its code if it has none."""
    return str(Locale.parse(lang).territories.get(code, code))


def currency(code: str) -> str:
    """The currency in use in a country: an ISO 4217 code; "" if CLDR knows none."""
    return str(next(iter(get_territory_currencies(code)), ""))


NATIONWIDE = ("official", "de_facto_official")
"""What CLDR calls a language that is official in all of a country."""
_SPOKEN = ("gsw",)
"""Languages that CLDR counts as official though authorities write another one: Swiss German."""


def languages(country: str) -> tuple[str, ...]:
    """The languages proposed for a city: the official ones of its country, the most spoken first, and English for readers abroad."""
    spoken: Mapping[str, Mapping] = get_global("territory_languages").get(country, {})
    official = {code.lower(): facts["population_percent"] for code, facts in spoken.items() if facts["official_status"] in NATIONWIDE}
    written = sorted((code for code in official if code in codes() and code not in _SPOKEN), key=lambda code: -official[code])
    return tuple(dict.fromkeys((*written, FALLBACK)))
