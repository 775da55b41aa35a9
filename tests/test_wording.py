"""Languages as equals: every message in each, every message used, figures as a reader says them."""

import ast
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from languages import LANGUAGES, fitted
from metrics.counting.progress import STATES
from metrics.counting.reading import Formula, Money, Reading, Share, When
from metrics.indicators.outcomes import OUTCOMES
from metrics.indicators.registry import INDICATORS
from metrics.indicators.staleness import STATES as STATES_OF_DUE
from metrics.schema.columns import CODE_LISTS, fields
from metrics.schema.dates import bounds
from metrics.schema.names import ENTITIES
from metrics.schema.problems import DOUBTS, KINDS
from metrics.schema.tables import CLAIM_KINDS, COVERED_THEMES, NOTE_KINDS, ROLES, TABLES
from metrics.schema.vocabulary import standard
from metrics.themes.plan import MEASURE as INDEX
from metrics.verification.claims import REASONS, VERDICTS
from pages.parts.briefing.downloads import FILES
from pages.parts.briefing.presenting import KEYS, NOTES_LABELS, SLIDE_LABELS
from pages.parts.briefing.slides import KINDS as SLIDES
from pages.parts.briefing.slides import PRESETS
from pages.parts.city.follow_through import ENDING, LATE
from pages.parts.data_desk.desk import RECIPES
from pages.parts.networks.lists import AWARDS
from pages.parts.shell.navigation import PLACES
from publishing.changes.marks import CORRECTION, REVISION
from publishing.files.normalize_cell import READ_AS
from publishing.forms.declared import FORMS
from publishing.store.audit import ACTS
from tests.worlds import own_data
from wording import OWN_KINDS, PARTNERS, words

PROJECT = Path(__file__).parents[1]
SPEAKERS = [
    PROJECT / "dashboard.py",
    PROJECT / "wording.py",
    *(
        file
        for folder in ("baking", "pages", "charts", "serving", "publishing", "metrics", "exports")
        for file in (PROJECT / folder).rglob("*.py")
    ),
]


def allowed(table, column):
    """The values that a column may hold, as the table declares them."""
    return fields(TABLES[table])[column].allowed


def asides():
    """What our own data tell of one by one: counts without a date, contradicted, or named by a claim, and targets."""
    release = own_data()
    counts, targets = release.tables["published_counts"], release.tables["targets"]
    claimed = {word for text in release.tables["claims"]["inputs"] for word in text.split()}.difference(INDICATORS)
    shown = counts["count_id"].isin(claimed.union(release.tables["plan_evidence"]["count_id"]))
    shown |= counts["measure"].isin(claimed.union([INDEX, AWARDS])) | counts["dimension"].str.startswith("event:")
    told = counts[(counts["as_of"] == "") | counts["role"].isin(["conflict", "disputed"]) | shown]
    halves = [text.partition(":") for text in told["dimension"] if text]
    parts = {part for kind, _, part in halves if kind not in ("region", "network", "event")}
    return {*told["measure"], *targets["indicator"]} - set(INDICATORS), parts


MEASURES, PARTS = asides()
FAMILIES = {
    "indicator": tuple(INDICATORS),
    "definition": tuple(INDICATORS),
    "state": STATES,
    "mark": (REVISION, CORRECTION),
    "state_means": STATES,
    "role": ROLES,
    "region": standard("regions"),
    "tie": standard("tie_kinds"),
    "level": standard("levels"),
    "currency": ("KRW", "USD", "EUR", "PHP", "JPY"),
    "sector": standard("sectors"),
    "status": allowed("policy_exports", "status"),
    "membership": allowed("network_memberships", "membership"),
    "contact.kind": allowed("contacts", "kind"),
    "contact.level": allowed("contacts", "level"),
    "contact.status": allowed("contacts", "status"),
    "happened": allowed("organisation_events", "event"),
    "fund_kind": standard("funds"),
    "fold": ("chart", "list", "filters"),
    "follow": (*allowed("relation_states", "state"), *allowed("commitments", "state"), *LATE, *ENDING),
    "every": tuple("DWMY"),
    "side": allowed("commitments", "side"),
    "renews": allowed("agreements", "renews"),
    "threshold": allowed("thresholds", "threshold"),
    "fund_measure": allowed("fund", "measure"),
    "standing": ROLES,
    "outcome": OUTCOMES,
    "outcome_means": OUTCOMES,
    "shows": allowed("plan_evidence", "shows"),
    "wording": allowed("plan_items", "wording"),
    "event_status": allowed("events", "status"),
    "organisation_kind": allowed("organisations", "kind"),
    "measure": tuple(MEASURES),
    "part": tuple(PARTS),
    "doubt": DOUBTS,
    "problem": (*KINDS, "out_of_range_low", "out_of_range_high", "unknown_word"),
    "read_as": READ_AS,
    "rests": ("whole_less_part", "parts_together"),
    "sources_order": ("rests", "newest", "title"),
    "verdict": VERDICTS,
    "verdict_means": VERDICTS,
    "claim_kind": CLAIM_KINDS,
    "claim_kind_means": CLAIM_KINDS,
    "claim_reason": REASONS,
    "claim_reason_means": REASONS,
    "claim_unit": ("guests", "people", "officials", "visitors", "delegates", "speakers"),
    "claim": ("about", "at_least", "at_most"),
    "claim_order": ("telling", "number"),
    "stale_state": STATES_OF_DUE,
    "stale_means": STATES_OF_DUE,
    "annotation_kind": NOTE_KINDS,
    "theme": COVERED_THEMES,
    "notice": tuple(f"unknown_{codes}" for codes in CODE_LISTS),
    "visitor": ("viewer", "analyst", "admin"),
    "act": ACTS,
    "about": ("file", "path", "release", "restored", "name", "note", "version", "briefing"),
    "parameter": (
        *("act", "after", "article", "at", "before", "country", "data", "facts", "form", "how", "notes", "q", "rows", "who"),
        *("peers", "place", "sector", "since", "sort", "start", "state", "status", "table", "until", "verdict", "visit", "yearly"),
    ),
    "present": (*SLIDE_LABELS, *NOTES_LABELS, *(f"key_{name}" for name in KEYS.values())),
    "rows": tuple(TABLES),
    "slide": tuple(SLIDES),
    "preset": PRESETS,
    "recipe": tuple(RECIPES),
    "recipe_about": tuple(RECIPES),
    "entry_form": tuple(FORMS),
    "entry_about": tuple(FORMS),
    "take_away": tuple(FILES),
    "group": tuple(group for group in PLACES if group),
    "page": tuple(f"{page}{part}" for pages in PLACES.values() for page in pages for part in ("", ".help")),
}
"""The words of values that stand in data or in registries, so that no literal names them in the code."""


COMPLETE = ("ko", "en", "ja")
"""The languages in which no message is missing; one that is still being translated may lack some, and those are read in English."""


@cache
def catalogue(lang):
    with (PROJECT / "locale" / f"{lang}.po").open("rb") as source:
        return {(m.id if isinstance(m.id, str) else m.id[0]): m for m in read_po(source, locale=lang) if m.id}


@cache
def syntax():
    """Every node of the code that speaks to a reader."""
    return [node for file in SPEAKERS for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]


def literals():
    """Every string of the code, also the pieces of f-strings."""
    return {node.value for node in syntax() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def needed():
    """The keys that the code asks for: literal ones, those of the families, of formulas, columns and f-strings."""
    known, said = set(catalogue("en")), literals()
    exact = {key for key in known if key in said}
    formulas = {f"formula.{text}" for text in said} & known
    columns = {f"column.{text}" for text in said} & known
    beginnings = tuple(text for text in said if re.fullmatch(r"[a-z_]+(\.[a-z_]+)*[._]", text))
    pieces = {key for key in known if key.startswith(beginnings)}
    ended = {key for key in pieces if key.split(".")[-1].split("_")[-1] in said | {"year", "since"}}
    asked = exact | formulas | columns | ended | {f"{family}.{value}" for family, values in FAMILIES.items() for value in values}
    return asked | {key + ending for key in asked for ending in (PARTNERS, OWN_KINDS)} & known


def forms(message):
    """The texts of a message, one for each grammatical number."""
    return [message.string] if isinstance(message.string, str) else message.string


def translated(lang):
    """The messages of a language that it has, each with the English one."""
    return {key: (message, catalogue("en")[key]) for key, message in catalogue(lang).items() if lang in COMPLETE or all(forms(message))}


@pytest.mark.parametrize("lang", COMPLETE)
def test_every_language_has_the_same_messages(lang):
    assert set(catalogue(lang)) == set(catalogue("en"))


def test_a_language_that_may_lack_messages_is_marked_unread_and_has_none_of_its_own():
    assert {lang for lang, language in LANGUAGES.items() if not language.unread} <= set(COMPLETE)
    assert {key for lang in LANGUAGES for key in catalogue(lang)} == set(catalogue("en"))


@pytest.mark.parametrize("lang", COMPLETE)
def test_no_message_is_untranslated(lang):
    assert [key for key, message in catalogue(lang).items() if not all(forms(message))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_fills_the_same_fields(lang):
    def fields(message):
        return set().union(*(re.findall(r"{(\w+)}", text) for text in forms(message)))

    assert {key for key, (own, english) in translated(lang).items() if fields(own) != fields(english)} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_tags_and_marks(lang):
    def marks(message):
        return sorted(re.findall(r"</?\w+[^>]*>|`|\*\*", forms(message)[-1]))

    assert {key for key, (own, english) in translated(lang).items() if marks(own) != marks(english)} == set()


def test_every_message_is_used():
    assert set(catalogue("en")) - needed() == set()


def test_every_value_of_a_family_has_its_word():
    missing = [f"{family}.{value}" for family, values in FAMILIES.items() for value in values if f"{family}.{value}" not in catalogue("en")]
    assert missing == []


def test_every_key_that_the_code_speaks_is_in_the_catalogue():
    calls = [node for node in syntax() if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args]
    keys = [call.args[0] for call in calls if call.func.attr in ("t", "n")]
    choices = [choice for key in keys for choice in ([key.body, key.orelse] if isinstance(key, ast.IfExp) else [key])]
    spoken = {choice.value for choice in choices if isinstance(choice, ast.Constant) and isinstance(choice.value, str)}
    assert len(spoken) > 80
    assert spoken - set(catalogue("en")) == set()


def test_korean_sentences_hang_no_particle_on_a_figure_that_may_end_in_any_sound():
    # 은/는, 이/가, 을/를, 과/와 and 으로/로 depend on the last sound, which a field does not tell: a message has both forms.
    particle = re.compile(
        r"{(?:city|value|n|documented|benchmark|counted|expected|reason|partners)}(?:은|는|이|가|을|를|과|와|으로|로)(?=[ ,.]|$)"
    )
    assert [key for key, message in catalogue("ko").items() if particle.search(str(message.string))] == []


@pytest.mark.parametrize(
    "number, said",
    [
        (1, "버전 1은 없습니다"),
        (2, "버전 2는 없습니다"),
        (10, "버전 10은 없습니다"),
        ("서울", "버전 서울은 없습니다"),
        ("X", "버전 X은(는) 없습니다"),
    ],
)
def test_a_korean_particle_fits_the_sound_before_it(number, said):
    assert words("ko").t("store.no_such", number=number).rstrip(".") == said


@pytest.mark.parametrize(
    "text, said", [("도쿄(일본)은(는)", "도쿄(일본)는"), ("<b>72곳</b>과(와)", "<b>72곳</b>과"), ("3(으)로", "3으로"), ("8(으)로", "8로")]
)
def test_a_korean_particle_heeds_no_brackets_and_no_tags(text, said):
    assert fitted(text) == said


@pytest.mark.parametrize(
    "value, korean, english, japanese",
    [
        (71.0, "71", "71", "71"),
        (1234567, "1,234,567", "1,234,567", "1,234,567"),
        (Money(2.7e9, "KRW"), "27억 원", "₩2.7 bn", "27億ウォン"),
        (Money(1e10, "KRW"), "100억 원", "₩10 bn", "100億ウォン"),
        (Money(300_000, "USD"), "30만 달러", "$300,000", "30万ドル"),
        (Money(27_000_000, "NZD"), "2700만 뉴질랜드 달러", "NZ$27 m", "2700万ニュージーランド ドル"),
        (Money(3850.5, "EUR"), "3,850.50 유로", "€3,850.50", "3,850.50ユーロ"),
        (Money(4100, "EUR"), "4,100 유로", "€4,100", "4,100ユーロ"),
        (Money(3850.5, "JPY"), "3,850 일본 엔화", "¥3,850", "3,850円"),
        (Money(1.2345, "BHD"), "1.234 바레인 디나르", "BHD 1.234", "1.234バーレーン ディナール"),
        (Share(0.27), "27%", "27%", "27%"),
        (Share(0.0833), "8.3%", "8.3%", "8.3%"),
        (Share(0.0994), "9.9%", "9.9%", "9.9%"),
        (Share(0.0996), "10%", "10%", "10%"),  # which 10.0 would say as well
        (Share(-0.0444), "-4.4%", "-4.4%", "-4.4%"),
        (Share(0.0), "0%", "0%", "0%"),
        (Money(9_999, "KRW"), "9,999 원", "₩9,999", "9,999ウォン"),
        (Money(10_000, "KRW"), "1만 원", "₩10,000", "1万ウォン"),
        (Money(999_999, "KRW"), "100만 원", "₩999,999", "100万ウォン"),
        (Money(1_000_000, "KRW"), "100만 원", "₩1 m", "100万ウォン"),
        (Money(1e12, "KRW"), "1조 원", "₩1 tn", "1兆ウォン"),
        (date(2017, 3, 1), "2017년 3월 1일", "1 Mar 2017", "2017年3月1日"),
        (When("2012"), "2012년", "2012", "2012年"),
        (When("2012-05"), "2012년 5월", "May 2012", "2012年5月"),
        (When("../2017-03-31"), "2017년 3월 31일까지", "by 31 Mar 2017", "2017年3月31日まで"),
        (When("2019-01/.."), "2019년 1월부터", "from Jan 2019", "2019年1月から"),
        (When("2012/2016-12-31"), "2012년부터 2016년 12월 31일 사이", "between 2012 and 31 Dec 2016", "2012年から2016年12月31日の間"),
        (When(""), "날짜 미상", "date unknown", "日付不明"),
        (None, "알 수 없음", "not known", "不明"),
        ("Bogotá", "Bogotá", "Bogotá", "Bogotá"),
    ],
)
def test_figures_are_said_as_a_reader_of_each_language_says_them(value, korean, english, japanese):
    assert words("ko").show(value) == korean
    assert words("ja").show(value) == japanese
    assert words("en").show(value).replace("\N{NO-BREAK SPACE}", " ") == english


@pytest.mark.parametrize(
    "amount, currency, korean, japanese",
    [
        (1_250_000_000, "KRW", "12억 5,000만 원", "12億5,000万ウォン"),
        (1_234_567, "JPY", "123만 4,567 일본 엔화", "123万4,567円"),
        (2e12, "USD", "2조 달러", "2兆ドル"),
    ],
)
def test_an_amount_in_full_has_the_words_of_its_language_for_its_parts(amount, currency, korean, japanese):
    assert words("ko").in_full(amount, currency) == korean
    assert words("ja").in_full(amount, currency) == japanese


NOTHING = Formula("register")


@pytest.mark.parametrize(
    "value, lower, upper, unit, text",
    [
        (None, 0.0, None, "cities", "not known"),
        (4.0, 4.0, None, "cities", "at least 4"),
        (0.0, 0.0, None, "cities", "0"),  # at least nothing says nothing
        (4.0, 4.0, 4.0, "cities", "4"),
        (5.0, 4.0, 6.0, "cities", "4 to 6"),
        (5.0, 4.0, None, "cities", "5"),
        (0.5, 0.4, 0.6, "share", "50%"),
        (0.1, 0.1, 0.5, "share", "10% on record"),
        (2.7e9, 2.7e9, 2.7e9, "KRW", "₩2.7 bn"),
        (4.0, 4.0, 4.0, "day", "4"),
    ],
)
def test_a_reading_is_said_as_a_minimum_a_range_or_a_value(value, lower, upper, unit, text):
    reading = Reading("i", date(2020, 1, 1), value, unit, NOTHING, lower=lower, upper=upper)
    assert words("en").value(reading).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize("lang, year", [("en", "FY 2023/24"), ("ko", "2023/24 회계연도"), ("ja", "2023/24年度")])
def test_a_fiscal_year_that_begins_in_another_month_is_said_as_one_and_any_other_stretch_is_not(lang, year):
    fiscal = words(lang, "04-01")
    assert fiscal.edtf("2023-04-01/2024-03-31") == fiscal.fiscal_year(2023) == year
    assert (fiscal.year(2023), fiscal.year(1999)) == ("2023/24", "1999/00")
    assert fiscal.edtf("2023-07-01/2024-06-30") == words(lang).edtf("2023-07-01/2024-06-30")
    assert "2024" in words(lang).edtf("2023-04-01/2024-03-31")
    assert (words(lang).year(2023), words(lang).fiscal_year(2023)) == ("2023", words(lang).edtf("2023"))


def test_only_exactly_one_is_singular_in_english():
    assert [words("en").n("age.years", count) for count in (0, 1, 1.0, 1.5, 2)] == ["0 years", "1 year", "1 year", "1.5 years", "2 years"]


def test_a_formula_becomes_a_sentence_with_its_numbers():
    formula = Formula("share", {"part": 18.0, "whole": 57.0, "value": Share(18 / 57)})
    assert words("en").formula(formula).replace("\N{NO-BREAK SPACE}", " ") == "18 ÷ 57 = 32%"


def test_an_unknown_language_is_refused():
    with pytest.raises(KeyError):
        words("xx")


def test_every_thing_that_readings_name_has_names():
    assert set(ENTITIES) >= {indicator.entity for indicator in INDICATORS.values() if indicator.entity}
    assert bounds("2012")[0] == date(2012, 1, 1)
