"""Every data table of the dashboard, declared once: what each column holds, in two languages, and what it may hold.

Templates, checks, the dictionary and datapackage.json derive from it. The checks run in metrics/schema/checks.py.
Each change here needs a step in metrics/schema/migrations.py, so that older releases are read.
"""

from collections.abc import Iterable

import pandera.pandas as pa

from metrics.schema.columns import (
    CODE_LISTS,
    CODE_WORD,
    Bilingual,
    Field,
    choice,
    edtf,
    either,
    fields,
    goes_with,
    identifier,
    in_both,
    in_order,
    number,
    one_primary,
    ref,
    table,
    text,
    with_languages,
)
from metrics.schema.fiscal_years import BEGINS

ROLES = ("primary", "alternate", "conflict", "superseded", "other", "disputed")
TIE_COLOURS = ("blue", "gold", "grey", "teal", "violet", "brown")
"""Colours of charts.theme.Palette that a kind of tie may have."""
YES_OR_NO = ("yes", "no")

CLAIM_KINDS = ("count", "amount", "share", "growth", "index", "ordinal", "date", "target", "plan")
CLAIM_METHODS = (
    "reading", "published", "begun", "share", "product", "quotient", "target", "target_step", "target_set", "event", "event_days",
    "event_start", "event_end", "agreement", "anniversary", "membership", "annotation", "told_also",
    "areas", "plan_items", "plan_item",
)  # fmt: skip
COVERED_THEMES = (
    "partnerships", "contacts", "exports", "fund", "organisations", "networks", "plan", "events", "annotations", "commitments",
)  # fmt: skip
NOTE_KINDS = ("term", "election", "plan", "law", "organisation", "network", "event", "epidemic", "travel")

RELATION_STATES = ("active", "quiet", "suspended", "ended", "approved_not_signed")
THRESHOLDS = {"active_months": 24, "quiet_years": 5, "due_days": 180, "confirm_days": 90}
"""The numbers of the table of thresholds that apply where it has no row."""

COUNTRY = "[A-Z]{2}"
VOCABULARY_CODE = r"[\w_.-]+( [\w_.-]+)*"
DURATION = "P([0-9]+[YMWD])+"
CURRENCY, TIME_ZONE, LANGUAGES = CODE_LISTS["currency"], CODE_LISTS["time_zone"], CODE_LISTS["language"]
WEB_ADDRESS = r"https?://\S+"
PART = r"[a-z]+(_[a-z]+)*:\S(.*\S)?"

DEGREES = Bilingual("degrees", "도")
PEOPLE = Bilingual("people", "명")


# Formatted by hand from here: the column on the first line, its meaning on the next two.
# fmt: off

SOURCE = ref(
    "sources.source_id", "Source", "출처", "seoul-city-diplomacy-2017-03",
    en="The source that this row was taken from.",
    ko="이 행의 내용을 가져온 출처.",
)
ROLE = choice(
    "Role", "역할", "primary", ROLES,
    en="Whether the row is used: primary is counted; alternate says the same, conflict says otherwise, superseded was replaced by a "
    "later act, other is a further act, disputed is in doubt. Only one row of a fact is primary.",
    ko="이 행을 집계에 쓰는지 나타낸다. primary는 집계하는 행, alternate는 같은 내용의 다른 출처, conflict는 내용이 어긋나는 출처, "
    "superseded는 나중 협정으로 대체된 것, other는 추가 협정, disputed는 확인되지 않은 것. 사실 하나에 primary는 한 행뿐이다.",
)
NOTES = in_both(
    "note", "Note", "비고", "Another source gives August 2016.", "다른 출처는 2016년 8월로 적고 있다.", empty=True,
    en="What a reader needs to know of this row, in English.",
    ko="이 행을 읽을 때 알아야 할 점(영어).",
)
ON_RECORD = {"role": ROLE, "source_id": SOURCE, **NOTES}
IN_COUNTRY = ref(
    "territories.country_code", "Country or territory", "국가·지역", "NZ",
    en="ISO 3166-1 alpha-2 code, as listed in the table of territories.",
    ko="국가·지역 표에 있는 ISO 3166-1 두 글자 부호.",
)
CURRENCY_OF_VALUE = text(
    "Currency", "통화", "KRW", empty=True, pattern=CURRENCY, codes="currency",
    en="ISO 4217 code of the currency that the value is in; needed wherever there is a value.",
    ko="금액의 통화(ISO 4217 부호). 금액이 있으면 반드시 적는다.",
)
AS_PUBLISHED = text(
    "Value as published", "공표된 표현", "KRW 2.7 billion", empty=True,
    en="The amount as its source writes it.",
    ko="출처에 적힌 그대로의 금액 표현.",
)
NAME_SOURCE = text(
    "Source of the names", "이름 출처", "GeoNames",
    en="Where the Korean name is from: Babel (which carries Unicode CLDR), GeoNames, source (the cited one) or transliteration (ours).",
    ko="한국어 이름을 가져온 곳. Babel(유니코드 CLDR 수록), GeoNames, source(인용한 출처), transliteration(직접 옮겨 적음).",
)


def _row(title_en: str, title_ko: str, example: str) -> Field:
    return identifier(title_en, title_ko, example, en="Short name of the row.", ko="행을 가리키는 짧은 이름.")


def _entity(title_en: str, title_ko: str, example: str, en: str, ko: str) -> Field:
    return identifier(
        title_en, title_ko, example,
        en=f"Short name of the {en}; other tables refer to it.",
        ko=f"{ko}를 가리키는 짧은 이름. 다른 표가 이 이름으로 참조한다.",
    )


def _names(example_en: str, example_ko: str, title_ko: str = "이름") -> dict[str, Field]:
    return in_both(
        "name", "Name", title_ko, example_en, example_ko,
        en="The name shown in English.",
        ko=f"영어로 표시하는 {title_ko}.",
    )


def _point(lat: str, lon: str) -> dict[str, Field]:
    return {
        "lat": number(
            "Latitude", "위도", lat, minimum=-90, maximum=90, unit=DEGREES,
            en="Latitude of the point on the map, in decimal degrees (WGS 84), north positive.",
            ko="지도에 찍는 지점의 위도. WGS 84 십진 도, 북위가 양수.",
        ),
        "lon": number(
            "Longitude", "경도", lon, minimum=-180, maximum=180, unit=DEGREES,
            en="Longitude of the point on the map, in decimal degrees (WGS 84), east positive.",
            ko="지도에 찍는 지점의 경도. WGS 84 십진 도, 동경이 양수.",
        ),
    }


def _partner(example: str) -> Field:
    return ref(
        "cities.city_id", "Partner", "파트너 도시", example,
        en="The partner, as listed in the table of cities.",
        ko="도시 표에 있는 파트너 도시.",
    )


def _vocabulary(
    name: str, key: Bilingual, title_en: str, title_ko: str, example: tuple[str, str, str], *, en: str, ko: str, **more: Field
) -> pa.DataFrameSchema:
    """A table of the city's own words: a code that other tables use, its label in each language, and `more` columns.

    The code is named after its `key`, so that a file is recognised by its columns.
    """
    code, label_en, label_ko = example
    key_column = f"{key.en.lower()}_code"
    columns = {
        key_column: text(
            f"{key.en} code", f"{key.ko} 부호", code, pattern=VOCABULARY_CODE,
            en="The word that other tables use for it.",
            ko="다른 표에서 쓰는 말.",
        ),
        **in_both(
            "label", "Label", "표시 이름", label_en, label_ko, empty=True,
            en="The word that readers see in English; empty for the dashboard's own word.",
            ko="화면에 보이는 이름(영어). 비워 두면 대시보드가 쓰는 말로 보인다.",
            korean="The word that readers see in Korean; empty for the dashboard's own word.",
        ),
    }
    return table(name, title_en, title_ko, en=en, ko=ko, key=[key_column], columns={**columns, **more})


_DECLARED = (
    table(
        "home", "Home city", "기준 도시", key=["city_id"], one_row=True,
        en="The city that this dashboard is about: exactly one row. Its names and its place stand in the table of cities.",
        ko="이 대시보드의 주인공인 도시. 정확히 한 행이며 이름과 위치는 도시 표에 있다.",
        columns={
            "city_id": ref(
                "cities.city_id", "City", "도시", "seoul",
                en="The home city, as listed in the table of cities.",
                ko="도시 표에 있는 기준 도시.",
            ),
            "currency": text(
                "Currency", "통화", "KRW", pattern=CURRENCY, codes="currency",
                en="ISO 4217 code of the currency in which the city keeps its books.",
                ko="도시가 회계에 쓰는 통화(ISO 4217 부호).",
            ),
            "time_zone": text(
                "Time zone", "시간대", "Asia/Seoul", pattern=TIME_ZONE, codes="time_zone",
                en="The city's time zone as the IANA database names it; it decides which day is today.",
                ko="IANA 데이터베이스에 따른 시간대 이름. ‘오늘’이 며칠인지 정하는 기준이다.",
            ),
            "languages": text(
                "Languages", "언어", "ko en ja", empty=True, pattern=LANGUAGES, codes="language",
                en="Codes of the languages in which the city is shown, between spaces; the first is the original language of its texts. "
                "Empty for the languages that the interface has.",
                ko="화면에 제공하는 언어의 부호를 띄어 적는다. 첫 언어가 시 자료의 원어다. 비워 두면 화면이 지원하는 언어를 모두 쓴다.",
            ),
            "fiscal_year_begins": text(
                "Fiscal year begins", "회계연도 시작일", "04-01", empty=True, pattern=BEGINS,
                en="Month and day on which the city's fiscal year begins; empty for 1 January. Amounts of money are grouped by it.",
                ko="시의 회계연도가 시작되는 월-일. 비워 두면 1월 1일이다. 금액은 이 회계연도로 묶는다.",
            ),
            "borders": choice(
                "Borders on maps", "지도의 경계선", "without_disputed", ("without_disputed", "none"), empty=True,
                en="Which borders between territories maps draw: empty for all as Natural Earth has them, without_disputed for all but "
                "those that it marks as disputed, indefinite or a line of control, none for land alone.",
                ko="지도에 그리는 국가·지역 간 경계선. 비워 두면 Natural Earth대로 모두 그리고, without_disputed는 분쟁·불확정·통제선으로 "
                "표시된 것을 빼며, none은 육지만 그린다.",
            ),
            "source_id": SOURCE,
        },
    ),

    table(
        "sources", "Sources", "출처", key=["source_id"],
        en="Every page, article or data set that a row of this release was taken from.",
        ko="이 자료의 각 행을 가져온 웹페이지, 기사, 데이터 목록.",
        columns={
            "source_id": _entity("Source", "출처 식별자", "seoul-city-diplomacy-2017-03", "source", "출처"),
            "title": text(
                "Title", "제목", "City Diplomacy",
                en="Title of the page, article or data set, in its own language.",
                ko="웹페이지, 기사 또는 데이터의 원제.",
            ),
            "publisher": text(
                "Publisher", "발행처", "Seoul Metropolitan Government", empty=True,
                en="Who published it.",
                ko="펴낸 기관이나 언론사.",
            ),
            "url": text(
                "Web address", "웹 주소", "https://english.seoul.go.kr/policy-information/international-exchange/city-diplomacy/",
                empty=True, pattern=WEB_ADDRESS,
                en="Where it can be read.",
                ko="원문을 볼 수 있는 주소.",
            ),
            "published": edtf(
                "Published", "발행 시점", "2017-03", empty=True,
                en="When it was printed or put online; empty where the copy shows no date. A count cannot be younger than its source.",
                ko="발행되거나 게시된 시점. 날짜가 보이지 않으면 비워 둔다. 공표값은 출처의 발행 시점보다 나중일 수 없다.",
            ),
            **NOTES,
        },
    ),

    table(
        "territories", "Countries and territories", "국가·지역", key=["country_code"],
        en="The names under which countries and territories are shown, and the source of the outlines on the map. Reviewed as a whole.",
        ko="화면에 표시하는 국가·지역 이름과 지도 경계의 출처. 전체를 한꺼번에 검토한다.",
        columns={
            "country_code": text(
                "Code", "부호", "NZ", pattern=COUNTRY,
                en="ISO 3166-1 alpha-2 code.",
                ko="ISO 3166-1 두 글자 부호.",
            ),
            **_names("New Zealand", "뉴질랜드"),
            "name_source": NAME_SOURCE,
            "boundary_source_id": ref(
                "sources.source_id", "Source of the outline", "경계 출처", "natural-earth",
                en="The source of the outline that the map draws.",
                ko="지도에 그리는 경계의 출처.",
            ),
            "source_id": SOURCE,
        },
    ),

    table(
        "cities", "Cities", "도시", key=["city_id"],
        en="The home city, its partners, and others named in contacts and policy exports: names, country, and the point on the map.",
        ko="기준 도시와 파트너 도시, 그 밖에 교류 기록과 정책수출에 나오는 도시의 이름, 국가, 지도 위치.",
        columns={
            "city_id": _entity("City", "도시 식별자", "wellington", "city or province", "도시나 광역 지방정부"),
            **_names("Wellington", "웰링턴"),
            "country_code": IN_COUNTRY,
            "region": ref(
                "regions.region_code", "Region", "권역", "Oceania",
                en="The part of the world that the city is shown under.",
                ko="도시를 묶어 보여 주는 세계 권역.",
            ),
            "level": ref(
                "levels.level_code", "Level", "단계", "city",
                en="The kind of local government. Whether it counts as a city stands in the table of levels.",
                ko="지방정부의 종류. 도시로 세는지는 단계 표에 있다.",
            ),
            **_point("-41.28664", "174.77557"),
            "geoname_id": text(
                "GeoNames number", "GeoNames 번호", "2179537", empty=True, pattern="[1-9][0-9]*",
                en="Number in GeoNames of the place that the point stands for.",
                ko="좌표가 가리키는 곳의 GeoNames 지명 번호.",
            ),
            "population": number(
                "Population", "인구", "381900", minimum=1, unit=PEOPLE, whole=True, empty=True,
                en="People living at the point on the map, as GeoNames gives them; of a province, those of the city that stands for it.",
                ko="지도에 찍는 지점의 인구(GeoNames 기준). 광역 지방정부는 좌표가 가리키는 도시의 인구.",
            ),
            "coordinate_basis": text(
                "Point stands for", "좌표 기준", "city", empty=True,
                en="Which place the point is: the city itself, or the capital or the largest city of a province or state.",
                ko="좌표가 가리키는 곳. 도시 자체이거나 광역 지방정부의 중심 도시 또는 가장 큰 도시.",
            ),
            "name_source": NAME_SOURCE,
            "source_id": SOURCE,
        },
    ),

    table(
        "agreements", "Agreements", "협정", key=["agreement_id"],
        en="Agreements between the home city and its partners: sister cities, friendship cities and memoranda of understanding.",
        ko="기준 도시가 맺은 자매도시·우호도시 협정과 양해각서.",
        rules=[in_order("signed", "ended")],
        columns={
            "agreement_id": _row("Agreement", "협정 식별자", "wellington-friendship"),
            "city_id": _partner("wellington"),
            "type": ref(
                "tie_kinds.kind_code", "Type", "유형", "friendship",
                en="The kind of tie, as listed in the table of kinds, which says whether it makes a partner. Of a kind that does, a city "
                "has one primary row.",
                ko="교류 유형 표에 있는 유형. 파트너 도시로 세는지는 그 표에 있다. 세는 유형은 도시마다 primary가 한 행이다.",
            ),
            "signed": edtf(
                "Signed", "체결일", "2016-07-18", empty=True,
                en="When it was signed, as precisely as a source gives it; `../2017-03-31` means on or before that day. Empty where no "
                "date is known: the tie then counts from the first source that lists it.",
                ko="협정을 맺은 시점. 출처가 밝힌 만큼만 적는다. `../2017-03-31`은 그날까지 맺었다는 뜻이다. "
                "날짜를 모르면 비워 두며, 이때는 처음 실린 출처의 발행일부터 센다.",
            ),
            "ended": edtf(
                "Ended", "종료일", "2022", empty=True,
                en="When the partnership ended; empty while it goes on. An agreement that an upgrade replaced is superseded, not ended.",
                ko="교류 관계가 끝난 시점. 이어지고 있으면 비워 둔다. 격상되어 새 협정으로 바뀐 것은 종료가 아니라 superseded로 적는다.",
            ),
            "valid_until": edtf(
                "Valid until", "유효기간 만료", "2027-04-03", empty=True,
                en="The last day of the term that the agreement itself sets; empty where it sets none or none is known.",
                ko="협정이 스스로 정한 유효기간의 마지막 날. 정하지 않았거나 알 수 없으면 비워 둔다.",
            ),
            "renews": choice(
                "Renews by itself", "자동 갱신", "no", ("yes", "no"), empty=True,
                en="Whether the term renews by itself unless one side ends it; empty where no source tells.",
                ko="어느 한쪽이 끝내지 않으면 유효기간이 저절로 늘어나는지. 출처에 없으면 비워 둔다.",
            ),
            "role": ROLE,
            "source_id": SOURCE,
            "listed_source_id": ref(
                "sources.source_id", "Listed in", "목록 출처", "seoul-city-diplomacy-2017-03", empty=True,
                en="The list of partners in which the city itself names this one.",
                ko="이 도시를 파트너 도시로 올린 시의 공식 목록.",
            ),
            **NOTES,
        },
    ),

    table(
        "agreement_areas", "Areas of cooperation", "협력 분야", key=["area_id"],
        en="Areas of cooperation named in an agreement, one a row; also those of joint statements and talks that signed no agreement.",
        ko="협정에 나온 협력 분야, 한 행에 하나. 협정을 맺지 않은 공동성명이나 회담의 분야도 담는다.",
        columns={
            "area_id": _row("Area", "분야 식별자", "g009"),
            "city_id": _partner("london"),
            "agreed": edtf(
                "Agreed", "합의 시점", "2017-04-03", empty=True,
                en="When the agreement was signed or the statement made, as precisely as a source gives it.",
                ko="협정을 맺거나 성명을 낸 시점. 출처가 밝힌 만큼만 적는다.",
            ),
            "agreement_id": ref(
                "agreements.agreement_id", "Agreement", "협정", "london-friendship-2", empty=True,
                en="The row of the agreement that names the area; empty where there is none.",
                ko="이 분야가 나온 협정의 행. 협정이 없으면 비워 둔다.",
            ),
            **in_both(
                "area", "Area", "분야", "Climate change response", "기후변화 대응",
                en="The area of cooperation in English.",
                ko="협력 분야(영어).",
            ),
            **ON_RECORD,
        },
    ),

    table(
        "contacts", "Contacts", "교류 기록", key=["contact_id"],
        en="Recorded contacts between the home city and its partners: visits, signings, anniversaries, delegations, joint events. "
        "The record follows what was published, so a year with more rows is a year with more reports.",
        ko="기준 도시와 파트너 도시가 만난 기록. 방문, 협약 체결, 기념행사, 대표단, 공동 행사 등. "
        "공표된 것만 담으므로 행이 많은 해는 보도가 많은 해이다.",
        columns={
            "contact_id": _row("Contact", "교류 식별자", "c080"),
            "city_id": _partner("london"),
            "date": edtf(
                "Date", "시점", "2015-12-04", empty=True,
                en="When it took place or was to take place, as precisely as a source gives it; the first day of several.",
                ko="교류가 있었거나 있을 예정이던 시점. 출처가 밝힌 만큼만 적고 여러 날이면 첫날을 적는다.",
            ),
            "kind": choice(
                "Kind", "종류", "signing",
                ("signing", "visit_to_home", "visit_by_home", "meeting_elsewhere", "anniversary", "delegation", "event", "online"),
                en="What kind of contact it was; a visit at which something was signed is a signing.",
                ko="교류의 종류. 방문 중에 체결이 있었으면 signing(체결)으로 적는다.",
            ),
            "level": choice(
                "Level", "격", "mayor", ("mayor", "vice_mayor", "officials", "council", "citizens"),
                en="The highest level named on either side; premiers and governors of provinces count as mayors.",
                ko="양측에서 언급된 가장 높은 직급. 주총리와 성장·지사는 시장으로 본다.",
            ),
            "status": choice(
                "Status", "상태", "held", ("held", "announced"),
                en="Held, or known only from a source printed on or before the day. An announced contact is never counted as held.",
                ko="있었는지(held), 당일 또는 그 전에 나온 출처에서 예고만 확인되는지(announced). 예고된 것은 있었던 것으로 세지 않는다.",
            ),
            **in_both(
                "subject", "Subject", "내용", "Friendship city agreement in nine fields", "9개 분야 우호도시 협약",
                en="What it was about, in English.",
                ko="교류 내용(영어).",
            ),
            **in_both(
                "place", "Place", "장소", "London", "런던", empty=True,
                en="Where it took place, in English; empty where that is not known or it was online.",
                ko="장소(영어). 알 수 없거나 온라인이면 비워 둔다.",
                korean="The same place in Korean.",
            ),
            **ON_RECORD,
        },
    ),

    table(
        "policy_exports", "Policy exports", "정책수출", key=["export_id"],
        en="Projects in which a policy or system of the home city is put to use abroad, from plans to finished work.",
        ko="기준 도시의 정책이나 시스템을 해외에 적용하는 사업. 계획 단계부터 완료까지 모두 담는다.",
        rules=[goes_with("value", "currency"), in_order("started", "finished")],
        columns={
            "export_id": _row("Project", "사업 식별자", "x010"),
            **in_both(
                "project", "Project", "사업명", "Smart card ticketing for buses", "버스 교통카드 시스템",
                en="What the project is, in English.",
                ko="사업 내용(영어).",
            ),
            "sector": ref(
                "sectors.sector_code", "Sector", "분야", "transport_card",
                en="The field of policy.",
                ko="정책 분야.",
            ),
            "status": choice(
                "Status", "상태", "awarded",
                ("awarded", "operating", "completed", "listed", "planned", "bid", "negotiated", "selected", "gift", "benchmark", "training",
                 "third_party", "unclear"),
                en="How far the project is. Awarded, operating, completed and listed (by the city) count as exported; the others are shown "
                "and not counted: planned (memoranda too), bid, negotiated, selected; gift, benchmark, training, third_party (no contract "
                "of the city); unclear, where no source tells the stage.",
                ko="사업의 진행 단계. awarded(수주), operating(운영), completed(완료), listed(시 목록에 수록)는 수출로 세고 "
                "나머지는 보여 주기만 한다. planned(계획, 양해각서 포함), bid(입찰), negotiated(협상), selected(선정), gift(무상 지원), "
                "benchmark(벤치마킹), training(연수), third_party(시 계약이 아닌 다른 기관 사업), unclear(단계 미상).",
            ),
            "started": edtf(
                "Started", "시작 시점", "2007-06", empty=True,
                en="When it was awarded or begun; for a listed project, on or before the date of the list.",
                ko="수주하거나 시작한 시점. 목록에 오른 사업은 그 목록의 날짜까지로 적는다.",
            ),
            "finished": edtf(
                "Finished", "종료 시점", "2008-12", empty=True,
                en="When the work was finished.",
                ko="사업이 끝난 시점.",
            ),
            "partner": text(
                "Partner", "수행 기관", "Korea Smart Card", empty=True,
                en="Companies and authorities that carry out the project, as the source names them.",
                ko="사업을 수행하는 기업이나 기관. 출처의 표기를 따른다.",
            ),
            "value": number(
                "Value", "금액", "4000000", minimum=0, empty=True,
                en="The amount that the source gives, in its currency. Amounts of different kinds are never added up.",
                ko="출처에 나온 금액. 성격이 다른 금액은 합산하지 않는다.",
            ),
            "currency": CURRENCY_OF_VALUE,
            "value_as_published": AS_PUBLISHED,
            "role": ROLE,
            "source_id": SOURCE,
            "date_source_id": ref(
                "sources.source_id", "Source of the date", "시점 출처", "seoulsolution-2017-07-24", empty=True,
                en="The source of the dates, where it is another one.",
                ko="시점을 다른 출처에서 가져온 경우 그 출처.",
            ),
            **NOTES,
        },
    ),

    table(
        "export_places", "Places of policy exports", "정책수출 지역", key=["export_id", "place_no"],
        en="Where each policy export went; a project may name several places.",
        ko="정책수출 사업의 대상 지역. 한 사업에 여러 곳이 있을 수 있다.",
        columns={
            "export_id": ref(
                "policy_exports.export_id", "Project", "사업", "x010",
                en="The project, as listed in the table of policy exports.",
                ko="정책수출 표에 있는 사업.",
            ),
            "place_no": number(
                "Number", "순번", "1", minimum=1, whole=True,
                en="1 for the first place of the project, 2 for the second, and so on.",
                ko="사업 안에서 매기는 번호. 첫 지역이 1.",
            ),
            "country_code": IN_COUNTRY,
            "city_id": ref(
                "cities.city_id", "City", "도시", "wellington", empty=True,
                en="The city, where the source names one; only these count as cities.",
                ko="출처가 도시를 밝힌 경우 그 도시. 도시 수에는 이것만 센다.",
            ),
            **in_both(
                "place", "Place", "지역", "Greater Wellington", "그레이터웰링턴", empty=True,
                en="The place in English, where it is not a city of the table of cities.",
                ko="도시 표에 없는 지역의 이름(영어).",
                korean="The same place in Korean.",
            ),
        },
    ),

    table(
        "published_counts", "Published counts", "공표값", key=["count_id"],
        en="Counts as the city and others published them. They are the benchmarks that the register is added to.",
        ko="시와 다른 기관이 공표한 집계. 등록 자료를 더해 가는 기준값이 된다.",
        rules=[one_primary("measure", "dimension", "as_of", filled="as_of")],
        columns={
            "count_id": _row("Count", "공표값 식별자", "partner-cities-2017-03"),
            "measure": text(
                "Measure", "항목", "partner_cities", pattern=CODE_WORD,
                en="What was counted, in one word: partner_cities, exported_projects, policy_manuals and so on.",
                ko="무엇을 센 값인지 나타내는 말. partner_cities, exported_projects, policy_manuals 등.",
            ),
            "dimension": text(
                "Part", "세부 구분", "region:Europe", empty=True, pattern=PART,
                en="The part of the whole that was counted, such as `region:Europe` or `sector:waterworks`; empty for the whole.",
                ko="전체 가운데 어느 부분을 센 값인지. `region:Europe`, `sector:waterworks`처럼 적고 전체이면 비워 둔다.",
            ),
            "as_of": edtf(
                "As of", "기준일", "2017-03", empty=True,
                en="The date that the count speaks of. Where none was published, the interval in which it must lie, with the reason for "
                "both ends in the note: such a count bounds what came after it and before it. Empty where nothing tells; then it is only "
                "shown.",
                ko="집계 기준 시점. 공표되지 않았으면 그 시점이 있을 기간을 적고 시작과 끝의 근거를 비고에 남긴다. "
                "이런 값은 그 기간의 앞과 뒤만 한정한다. 알 수 없으면 비워 두며 보여 주기만 한다.",
            ),
            "value": number(
                "Value", "값", "57", minimum=0,
                en="The figure as published.",
                ko="공표된 값.",
            ),
            "unit": text(
                "Unit", "단위", "cities", codes="currency",
                en="What the figure counts: cities, projects, people, percent and so on.",
                ko="값의 단위. cities, projects, people, percent 등.",
            ),
            **ON_RECORD,
        },
    ),

    table(
        "fund", "Fund", "기금", key=["observation_id"],
        en="What was published about the city's fund for international cooperation and its neighbours: balances, payments, laws and terms.",
        ko="국제협력에 쓰는 기금에 관해 공표된 기록. 잔액, 지출, 조례, 존속기한 등.",
        rules=[goes_with("value", "currency")],
        columns={
            "observation_id": _row("Observation", "기록 식별자", "f001"),
            "date": edtf(
                "Date", "시점", "2016-12", empty=True,
                en="The date of the balance, payment or act; of a legal term, the date on which it ends. The bare year of an amount is the "
                "fiscal year that begins in it; an interval such as `2023-07-01/2024-06-30` says it in full.",
                ko="잔액, 지출, 조치의 시점. 존속기한은 그 기한이 끝나는 시점. 금액에 연도만 적으면 그 해에 시작하는 회계연도이며, "
                "`2023-07-01/2024-06-30`처럼 기간으로 적으면 분명하다.",
            ),
            "measure": choice(
                "Measure", "항목", "balance",
                ("balance", "disbursement", "commitment", "income", "legal_term", "law", "existence", "programme_ceiling", "context"),
                en="What is told about the fund. Payments never change the balance; only a published balance does.",
                ko="기금에 관한 기록의 종류. 지출로 잔액을 바꾸지 않으며, 공표된 잔액만 잔액으로 쓴다.",
            ),
            "fund": ref(
                "funds.fund_code", "Fund", "기금 종류", "cooperation_fund",
                en="Which fund it is. The external and the international cooperation fund are one: cooperation_fund.",
                ko="어느 기금인지. 대외협력기금과 국제협력기금은 같은 기금이며 cooperation_fund로 적는다.",
            ),
            "city_id": ref(
                "cities.city_id", "For the city", "대상 도시", "mexico-city", empty=True,
                en="The city that the payment was made for, where a source names one; empty for a country, a region or several cities.",
                ko="출처가 밝힌 지원 대상 도시. 국가나 지방, 여러 도시에 준 것이면 비워 둔다.",
            ),
            "value": number(
                "Value", "금액", "2700000000", minimum=0, empty=True,
                en="The amount, in its currency.",
                ko="금액.",
            ),
            "currency": CURRENCY_OF_VALUE,
            "value_as_published": AS_PUBLISHED,
            **ON_RECORD,
        },
    ),

    table(
        "targets", "Targets", "목표", key=["target_id"],
        en="Numbers that the city said it would reach, when it said so, and by when.",
        ko="시가 달성하겠다고 밝힌 수치와 발표 시점, 목표 시점.",
        rules=[one_primary("indicator", "set_on")],
        columns={
            "target_id": _row("Target", "목표 식별자", "fund-2020"),
            "indicator": text(
                "Indicator", "지표", "fund_balance", pattern=CODE_WORD,
                en="The indicator that the target is for.",
                ko="목표가 걸린 지표.",
            ),
            "value": number(
                "Value", "목표값", "10000000000", minimum=0,
                en="The number to be reached.",
                ko="달성하려는 수치.",
            ),
            "unit": text(
                "Unit", "단위", "KRW", codes="currency",
                en="What the number counts: an ISO 4217 code for money, else cities, organisations and so on.",
                ko="수치의 단위. 금액은 ISO 4217 부호, 그 밖에는 cities, organisations 등.",
            ),
            "set_on": edtf(
                "Set on", "발표 시점", "2017-04-01",
                en="When the target was announced.",
                ko="목표를 발표한 시점.",
            ),
            "due": edtf(
                "Due", "목표 시점", "2020", empty=True,
                en="By when it was to be reached; empty where no date was set. Of an amount, a bare year is the fiscal year that begins in "
                "it.",
                ko="달성하기로 한 시점. 정해지지 않았으면 비워 둔다. 금액 목표에 연도만 적으면 그 해에 시작하는 회계연도이다.",
            ),
            **ON_RECORD,
        },
    ),

    table(
        "organisations", "International organisations", "국제기구", key=["organisation_id"],
        en="International organisations with an office in the home city, now or once.",
        ko="기준 도시에 사무소를 두고 있거나 두었던 국제기구.",
        columns={
            "organisation_id": _entity("Organisation", "국제기구 식별자", "citynet", "organisation", "국제기구"),
            **_names("CityNet Secretariat", "시티넷 사무국"),
            "kind": choice(
                "Kind", "종류", "city_network",
                ("un", "intergovernmental", "city_network", "ngo", "arbitration", "research", "professional", "building"),
                en="What kind of organisation it is; building stands for a shared house of organisations.",
                ko="국제기구의 종류. building은 여러 기구가 함께 쓰는 건물.",
            ),
            "source_id": SOURCE,
        },
    ),

    table(
        "organisation_events", "Openings and departures", "국제기구 연혁", key=["event_id"],
        en="When an international organisation opened in the home city, was expected to, or left.",
        ko="국제기구가 기준 도시에 문을 열거나 열 예정이거나 떠난 시점.",
        columns={
            "event_id": _row("Event", "연혁 식별자", "citynet-opening"),
            "organisation_id": ref(
                "organisations.organisation_id", "Organisation", "국제기구", "citynet",
                en="The organisation, as listed in the table of international organisations.",
                ko="국제기구 표에 있는 기구.",
            ),
            "event": choice(
                "What happened", "내용", "opening", ("opening", "expected_opening", "departure", "agreement", "other"),
                en="Opening, expected opening, departure, agreement, or something else. Openings and departures are counted.",
                ko="개소, 개소 예정, 이전, 협약, 기타. 개소와 이전만 센다.",
            ),
            "date": edtf(
                "Date", "시점", "2013-03-26", empty=True,
                en="When it happened or was expected to, as precisely as a source gives it.",
                ko="일어났거나 예정된 시점. 출처가 밝힌 만큼만 적는다.",
            ),
            **ON_RECORD,
        },
    ),

    table(
        "networks", "City networks", "도시 네트워크", key=["network_id"],
        en="Networks of cities that the home city takes part in.",
        ko="기준 도시가 참여하는 도시 간 네트워크.",
        columns={
            "network_id": _entity("Network", "네트워크 식별자", "wego", "network", "네트워크"),
            **_names("World Smart Sustainable Cities Organization (WeGO)", "세계스마트시티기구(WeGO)"),
            "source_id": SOURCE,
        },
    ),

    table(
        "network_memberships", "Network memberships", "네트워크 활동", key=["membership_id"],
        en="What the home city was in each network, and from when to when; also when the network itself was founded.",
        ko="각 네트워크에서 기준 도시가 맡은 역할과 그 기간. 네트워크가 창립된 시점도 담는다.",
        rules=[in_order("start", "end")],
        columns={
            "membership_id": _row("Membership", "활동 식별자", "wego-president"),
            "network_id": ref(
                "networks.network_id", "Network", "네트워크", "wego",
                en="The network, as listed in the table of networks.",
                ko="도시 네트워크 표에 있는 네트워크.",
            ),
            "membership": choice(
                "Part taken", "맡은 역할", "president",
                ("member", "founder", "chair", "president", "host", "champion", "proposer", "founded", "steering"),
                en="What the city was: member, founder, chair, president, host, champion, proposer or in the steering committee; "
                "founded tells when the network itself began.",
                ko="도시가 맡은 역할. 회원, 창립 회원, 의장, 회장, 유치 도시, 챔피언, 제안 도시, 운영위원. "
                "founded는 네트워크가 창립된 시점을 뜻한다.",
            ),
            "start": edtf(
                "From", "시작", "2010", empty=True,
                en="When it began.",
                ko="시작한 시점.",
            ),
            "end": edtf(
                "Until", "끝", "2017", empty=True,
                en="When it ended; empty where it goes on or the end is unknown.",
                ko="끝난 시점. 이어지고 있거나 알 수 없으면 비워 둔다.",
            ),
            **ON_RECORD,
        },
    ),

    table(
        "events", "Events", "국제 행사", key=["event_id"],
        en="International events that the home city held or expects, one row a source; rows of one event share its key.",
        ko="기준 도시가 열었거나 열 예정인 국제 행사. 출처마다 한 행이며 같은 행사는 같은 행사 키를 쓴다.",
        rules=[one_primary("event_key"), in_order("start", "end")],
        columns={
            "event_id": _row("Row", "행 식별자", "wcsmf-2023"),
            "event_key": identifier(
                "Event", "행사 키", "wcsmf-2023",
                en="Short name of the event, the same in all its rows; one of them is primary.",
                ko="행사를 가리키는 짧은 이름. 같은 행사의 모든 행이 함께 쓰며 그중 하나가 primary다.",
            ),
            **_names("World Cities Summit Mayors Forum 2023", "2023 세계도시정상회의 시장 포럼", "행사명"),
            "kind": choice(
                "Kind", "종류", "event", ("event", "call", "outreach", "prize"),
                en="An event held in the city, an open call, outreach abroad, or a prize won or given. Only events are counted.",
                ko="도시에서 연 행사(event), 공모(call), 해외 홍보 활동(outreach), 받거나 준 상(prize). 행사 수에는 event만 센다.",
            ),
            "status": choice(
                "Status", "상태", "held", ("held", "expected"),
                en="Held, or expected by a source printed before the event.",
                ko="열렸는지(held), 개최 전 출처에 예정으로만 나오는지(expected).",
            ),
            "start": edtf(
                "From", "시작일", "2023-09-24", empty=True,
                en="First day.",
                ko="행사가 시작된 날.",
            ),
            "end": edtf(
                "Until", "종료일", "2023-09-26", empty=True,
                en="Last day.",
                ko="행사가 끝난 날.",
            ),
            "cities": number(
                "Cities", "참가 도시 수", "50", minimum=0, unit=Bilingual("cities", "개 도시"), whole=True, empty=True,
                en="Cities that took part, as published.",
                ko="공표된 참가 도시 수.",
            ),
            "countries": number(
                "Countries", "참가 국가 수", "30", minimum=0, unit=Bilingual("countries", "개국"), whole=True, empty=True,
                en="Countries that took part, as published.",
                ko="공표된 참가 국가 수.",
            ),
            "participants": number(
                "Participants", "참가자 수", "200", minimum=0, unit=PEOPLE, whole=True, empty=True,
                en="People who took part, as published; what kind of people stands in the next column.",
                ko="공표된 참가자 수. 어떤 사람을 센 값인지는 다음 열에 적는다.",
            ),
            "participants_kind": text(
                "Participants counted", "참가자 구분", "mayors, delegations and officials", empty=True,
                en="Which people the number counts, such as guests, speakers or visitors.",
                ko="참가자 수에 포함된 사람. 초청 인사, 연사, 관람객 등.",
            ),
            **ON_RECORD,
        },
    ),

    table(
        "plan_items", "Plan", "계획", key=["item_id"],
        en="The city's diplomacy plan as far as its published summary names it: vision, directions, their tasks, and the measures of each.",
        ko="공표된 요약에 나온 만큼 적은 도시외교 계획. 비전, 방향, 과제와 과제별 세부 사업.",
        columns={
            "item_id": identifier(
                "Item", "항목 식별자", "policy-mayors-meeting",
                en="Short name of the row; rows below it and its evidence refer to it.",
                ko="행을 가리키는 짧은 이름. 하위 항목과 근거가 이 이름으로 참조한다.",
            ),
            "parent": ref(
                "plan_items.item_id", "Part of", "상위 항목", "global-problems", empty=True,
                en="The item that this one belongs to; empty for the vision. A task of no known direction belongs to the vision.",
                ko="이 항목이 속한 항목. 비전은 비워 둔다. 어느 방향인지 알 수 없는 과제는 비전에 속한다.",
            ),
            "level": choice(
                "Level", "단계", "task", ("vision", "direction", "task", "measure"),
                en="Vision, direction, task or measure. Only measures are reached or not.",
                ko="비전(vision), 방향(direction), 과제(task), 세부 사업(measure). 달성 여부는 세부 사업에만 있다.",
            ),
            **in_both(
                "title", "Title", "명칭", "Mayors' Meeting for Sharing Seoul's Urban Policies", "서울 정책공유 시장회의", empty=True,
                en="What it is called in English; empty where the summary does not name it.",
                ko="영어 명칭. 요약에 이름이 없으면 비워 둔다.",
                korean="The same in Korean.",
            ),
            "wording": choice(
                "Wording", "문구의 근거", "our_reading", ("published", "our_reading", "not_named"),
                en="Whether the summary itself says it, whether it is our reading of the summary, or whether the summary does not name it.",
                ko="요약에 그대로 나온 것(published), 요약을 읽고 정리한 것(our_reading), 요약에 나오지 않는 것(not_named).",
            ),
            "indicator": text(
                "Indicator", "지표", "policy_manuals", empty=True, pattern=CODE_WORD,
                en="The indicator that measures it, where one does; its target stands in the table of targets.",
                ko="이 항목을 재는 지표. 목표값은 목표 표에 있다.",
            ),
            "due": edtf(
                "Due", "기한", "2017-10", empty=True,
                en="By when it was to be done; empty where it shares the date of the item above it.",
                ko="이행하기로 한 시점. 상위 항목과 같으면 비워 둔다.",
            ),
            "source_id": SOURCE,
            **NOTES,
        },
    ),

    table(
        "plan_evidence", "Evidence on the plan", "계획 이행 근거", key=["evidence_id"],
        en="What is on record about the items of the plan, one row a source. Their state is worked out from these rows.",
        ko="계획의 각 항목에 관해 확인된 기록. 출처마다 한 행이며 이행 상태는 이 행들로 정해진다.",
        columns={
            "evidence_id": _row("Evidence", "근거 식별자", "platform-set-up"),
            "item_id": ref(
                "plan_items.item_id", "Item", "항목", "sharing-platform",
                en="The item of the plan that it is about.",
                ko="이 근거가 다루는 계획 항목.",
            ),
            "shows": choice(
                "Shows", "보여 주는 것", "done", ("done", "partly", "not_done", "related"),
                en="That it was done, done in part, not done, or only something of the same field. An event proves nothing before it was "
                "held.",
                ko="이행됨(done), 일부 이행(partly), 이행되지 않음(not_done), 관련 사실일 뿐임(related). "
                "행사는 열리기 전에는 근거가 되지 않는다.",
            ),
            "date": edtf(
                "Date", "시점", "2018-07-26", empty=True,
                en="When it happened; empty where it is an event or a count, which has its own date.",
                ko="일어난 시점. 행사나 공표값은 그 표의 시점을 쓰므로 비워 둔다.",
            ),
            "event_id": ref(
                "events.event_id", "Event", "행사", "wcsmf-2023", empty=True,
                en="The row of the table of events that it is.",
                ko="근거가 되는 행사. 국제 행사 표의 행 식별자.",
            ),
            "count_id": ref(
                "published_counts.count_id", "Count", "공표값", "partner-cities-2017-03", empty=True,
                en="The count that it is, as listed in the table of published counts.",
                ko="근거가 되는 공표값. 공표값 표의 식별자.",
            ),
            **ON_RECORD,
        },
    ),

    table(
        "relation_states", "States of relations", "교류 관계 상태", key=["state_id"],
        en="What the city itself decided on a relation: that it is active, quiet, suspended, ended, or approved and not signed. Where no "
        "row stands, the state is worked out from contacts and marked as such.",
        ko="교류 관계에 대해 시가 정한 상태. 활발, 교류 없음, 중단, 종료, 승인 후 미체결. 행이 없으면 교류 기록에서 구하고 "
        "그렇게 표시한다.",
        rules=[one_primary("city_id", "date")],
        columns={
            "state_id": _row("State number", "상태 식별자", "wellington-2026"),
            "city_id": _partner("wellington"),
            "state": choice(
                "State", "상태", "active", RELATION_STATES,
                en="Active, quiet, suspended by a decision, ended, or approved (by the council, say) and not signed yet.",
                ko="활발(active), 교류 없음(quiet), 결정에 따른 중단(suspended), 종료(ended), 의회 동의 등 승인을 받고 아직 맺지 않음"
                "(approved_not_signed).",
            ),
            "date": edtf(
                "From", "시작일", "2026-03-02",
                en="From when on it is in this state; the latest row that has begun is in force.",
                ko="이 상태가 된 시점. 이미 시작된 행 가운데 가장 나중 행이 유효하다.",
            ),
            **in_both(
                "reason", "Reason", "사유", "Yearly youth exchange goes on", "청소년 교류를 해마다 이어 가고 있음", empty=True,
                en="Why, in English.",
                ko="사유(영어).",
            ),
            **in_both(
                "decided_by", "Decided by", "결정 주체", "International Relations Division", "국제교류과", empty=True,
                en="The office that decided or confirmed it, in English; no person's name.",
                ko="정하거나 확인한 부서(영어). 사람 이름은 적지 않는다.",
            ),
            **ON_RECORD,
        },
    ),

    table(
        "commitments", "Commitments", "약속 사항", key=["commitment_id"],
        en="What an agreement, a visit or a meeting promised: by which side, by when, and what came of it.",
        ko="협정, 방문, 회담에서 하기로 한 일. 어느 쪽이 언제까지 하기로 했고 어떻게 되었는지 담는다.",
        columns={
            "commitment_id": _entity("Commitment", "약속 식별자", "wellington-youth", "commitment", "약속"),
            "city_id": _partner("wellington"),
            "agreement_id": ref(
                "agreements.agreement_id", "Agreement", "협정", "wellington-friendship", empty=True,
                en="The agreement that promised it, where it was one.",
                ko="협정에서 약속한 경우 그 협정.",
            ),
            "contact_id": ref(
                "contacts.contact_id", "Contact", "교류", "c080", empty=True,
                en="The visit or meeting that promised it, where it was one.",
                ko="방문이나 회담에서 약속한 경우 그 교류.",
            ),
            "area_id": ref(
                "agreement_areas.area_id", "Area", "분야", "g009", empty=True,
                en="The area of cooperation that it serves.",
                ko="이 약속이 해당하는 협력 분야.",
            ),
            **in_both(
                "what", "What", "내용", "Yearly exchange of ten students", "해마다 학생 10명 교류",
                en="What was promised, in English.",
                ko="하기로 한 일(영어).",
            ),
            "side": choice(
                "Side", "이행 주체", "both", ("home", "partner", "both"),
                en="Who is to do it: the home city, the partner, or both.",
                ko="하기로 한 쪽. 기준 도시(home), 상대 도시(partner), 양쪽(both).",
            ),
            "agreed": edtf(
                "Promised", "약속한 시점", "2016-07-18", empty=True,
                en="When it was promised.",
                ko="하기로 한 시점.",
            ),
            "due": edtf(
                "Due", "기한", "2027", empty=True,
                en="By when it is to be done; empty where no date was set.",
                ko="이행 기한. 정해지지 않았으면 비워 둔다.",
            ),
            "state": choice(
                "State", "상태", "open", ("open", "done", "dropped"),
                en="Open, done, or dropped by those who promised it. Open means that no source tells of its end; overdue follows from "
                "the due date.",
                ko="진행 중(open), 이행(done), 철회(dropped). open은 끝났다는 출처가 없다는 뜻이며 기한이 지났는지는 기한에서 정해진다.",
            ),
            "settled": edtf(
                "Done or dropped", "이행·철회 시점", "2027-02", empty=True,
                en="When it was done or dropped.",
                ko="이행하거나 철회한 시점.",
            ),
            "evidence_source_id": ref(
                "sources.source_id", "Source of the outcome", "결과 출처", "seoul-city-diplomacy-2017-03", empty=True,
                en="The source that shows that it was done or dropped; needed for both.",
                ko="이행이나 철회를 보여 주는 출처. 둘 가운데 하나이면 반드시 적는다.",
            ),
            **ON_RECORD,
        },
        rules=[goes_with("settled", "evidence_source_id")],
    ),

    table(
        "area_evidence", "Areas followed up", "협력 분야 이행 근거", key=["evidence_id"],
        en="Which contacts and projects served an area of cooperation, one link a row. An area without a row has nothing on record.",
        ko="협력 분야마다 이를 이행한 교류와 사업. 연결 하나가 한 행이며, 행이 없는 분야는 확인된 기록이 없는 것이다.",
        rules=[either("contact_id", "export_id")],
        columns={
            "evidence_id": _row("Evidence", "근거 식별자", "wellington-area-1"),
            "area_id": ref(
                "agreement_areas.area_id", "Area", "분야", "g009",
                en="The area that was served.",
                ko="이행된 협력 분야.",
            ),
            "contact_id": ref(
                "contacts.contact_id", "Contact", "교류", "c080", empty=True,
                en="The contact that served it.",
                ko="이 분야에 해당하는 교류.",
            ),
            "export_id": ref(
                "policy_exports.export_id", "Project", "사업", "x010", empty=True,
                en="The project that served it; one of the two is needed.",
                ko="이 분야에 해당하는 정책수출 사업. 교류와 사업 가운데 하나는 적는다.",
            ),
            **NOTES,
        },
    ),

    table(
        "owners", "Owners", "담당 부서", key=["owner_id"],
        en="Which office answers for an indicator, a relation or a commitment, and how often it looks at it. Never a person's name.",
        ko="지표, 교류 관계, 약속을 맡은 부서와 점검 주기. 사람 이름은 적지 않는다.",
        rules=[either("indicator", "city_id", "commitment_id")],
        columns={
            "owner_id": _row("Row", "행 식별자", "wellington-owner"),
            "indicator": text(
                "Indicator", "지표", "partner_cities", empty=True, pattern=CODE_WORD,
                en="The indicator that it answers for.",
                ko="맡은 지표.",
            ),
            "city_id": ref(
                "cities.city_id", "Relation with", "상대 도시", "wellington", empty=True,
                en="The city of the relation that it answers for.",
                ko="맡은 교류 관계의 상대 도시.",
            ),
            "commitment_id": ref(
                "commitments.commitment_id", "Commitment", "약속", "wellington-youth", empty=True,
                en="The commitment that it answers for; one of the three is needed.",
                ko="맡은 약속. 지표, 도시, 약속 가운데 하나는 적는다.",
            ),
            **in_both(
                "office", "Office", "부서", "International Relations Division", "국제교류과",
                en="The office, in English.",
                ko="부서(영어).",
            ),
            "every": text(
                "How often", "점검 주기", "P6M", empty=True, pattern=DURATION,
                en="How often it looks at it, as an ISO 8601 duration: P1Y a year, P6M six months, P14D fourteen days.",
                ko="점검 주기. ISO 8601 기간으로 적는다. P1Y는 1년, P6M은 6개월, P14D는 14일.",
            ),
            "source_id": SOURCE,
            **NOTES,
        },
    ),

    table(
        "thresholds", "Thresholds", "판정 기준", key=["threshold"],
        en="From when on a relation counts as active or quiet, an end as near, an announcement as unconfirmed. Without a row the usual "
        "number applies.",
        ko="교류 관계를 활발하거나 교류 없음으로 보는 기간, 만료 임박과 예고 미확인으로 보는 날수. 행이 없으면 통상 기준을 쓴다.",
        columns={
            "threshold": choice(
                "Threshold", "기준", "quiet_years", tuple(THRESHOLDS),
                en="Active with a contact within so many months, quiet without one in so many years, due within so many days, "
                "unconfirmed so many days after it was announced for.",
                ko="교류가 있으면 활발로 보는 개월 수(active_months), 없으면 교류 없음으로 보는 햇수(quiet_years), "
                "만료 임박으로 보는 날수(due_days), 예정일부터 확인되지 않은 것으로 보는 날수(confirm_days).",
            ),
            "value": number(
                "Value", "값", "5", minimum=1, whole=True,
                en="The number of months, years or days.",
                ko="개월 수, 햇수 또는 날수.",
            ),
            **NOTES,
        },
    ),

    table(
        "peer_places", "Places of peer cities", "비교 도시와 상대 도시", key=["place_id"],
        en="Peer cities, with which the home city is compared, and the places that they have ties with. A list of its own, apart from the "
        "table of cities, since it is from elsewhere and under a licence of its own.",
        ko="기준 도시와 비교하는 도시와 그 도시들이 결연한 곳. 다른 곳에서 가져와 이용 조건이 다르므로 도시 표와 따로 둔다.",
        columns={
            "place_id": _entity("Place", "지역 식별자", "tokyo", "place", "도시나 지역"),
            **_names("Tokyo", "도쿄"),
            "country_code": text(
                "Country or territory", "국가·지역", "JP", pattern=COUNTRY,
                en="ISO 3166-1 alpha-2 code; it need not be in the table of territories.",
                ko="ISO 3166-1 두 글자 부호. 국가·지역 표에 없어도 된다.",
            ),
            "level": ref(
                "levels.level_code", "Level", "단계", "city",
                en="The kind of local government, as listed in the table of levels.",
                ko="단계 표에 있는 지방정부의 종류.",
            ),
            **_point("35.6895", "139.69171"),
            "geoname_id": text(
                "GeoNames number", "GeoNames 번호", "1850147", empty=True, pattern="[1-9][0-9]*",
                en="Number in GeoNames, by which the place is known among the cities; without one it is known by country and name.",
                ko="GeoNames 지명 번호. 이 번호로 도시 표의 도시와 맞추며, 비어 있으면 국가와 이름으로 맞춘다.",
            ),
            "compared": number(
                "Compared", "비교 순서", "1", minimum=1, whole=True, empty=True,
                en="For a city that is compared with the home city unless a reader chooses others: its place in the order.",
                ko="따로 고르지 않아도 기준 도시와 비교하는 도시이면 그 순서.",
            ),
            "source_id": SOURCE,
        },
    ),

    table(
        "peer_ties", "Ties of peer cities", "비교 도시의 결연", key=["peer_id", "partner_id"],
        en="The ties of peer cities, one a row, in each direction that a list gives. The rows of the home city show what the list misses.",
        ko="비교 도시의 결연. 하나가 한 행이며 목록에 나온 방향대로 적는다. 기준 도시의 행은 목록에 빠진 것을 보여 준다.",
        columns={
            "peer_id": ref(
                "peer_places.place_id", "Peer city", "비교 도시", "tokyo",
                en="The city whose tie it is.",
                ko="결연한 비교 도시.",
            ),
            "partner_id": ref(
                "peer_places.place_id", "Its partner", "상대 도시", "beijing",
                en="The place with which it has the tie.",
                ko="결연 상대.",
            ),
            "source_id": SOURCE,
            **NOTES,
        },
    ),

    table(
        "peer_counts", "Counts of peer cities", "비교 도시의 공표값", key=["peer_count_id"],
        en="How many partners peer cities have by their own account or the press: as published, each in its own unit.",
        ko="비교 도시가 스스로 밝히거나 언론이 보도한 파트너 수. 밝힌 단위 그대로 적는다.",
        columns={
            "peer_count_id": _row("Count", "공표값 식별자", "tokyo-12"),
            "place_id": ref(
                "peer_places.place_id", "City", "도시", "tokyo",
                en="The city whose partners were counted.",
                ko="파트너를 센 도시.",
            ),
            "value": number(
                "Value", "값", "12", minimum=0, whole=True,
                en="The count as published.",
                ko="밝힌 수.",
            ),
            **in_both(
                "counted", "Counted", "단위", "sister and friendship cities and states", "자매·우호 도시와 주",
                en="What was counted, in the words of the source, in English.",
                ko="출처의 표현대로 무엇을 셌는지(영어).",
            ),
            "as_of": edtf(
                "As of", "기준 시점", "2015-10-14", empty=True,
                en="The day or period that the count speaks of; empty where the source gives none.",
                ko="밝힌 수의 기준 시점. 출처에 없으면 비워 둔다.",
            ),
            **ON_RECORD,
        },
    ),

    table(
        "claims", "Claims", "기사 속 수치", key=["claim_id"],
        en="Figures that articles tell of the home city, one row a figure, in our own words: what was said, of what, by when, and how it "
        "can be worked out from the other tables. Whether it holds is derived, never written here.",
        ko="기사가 기준 도시에 대해 밝힌 수치. 수치마다 한 행이며 문장은 직접 풀어 썼다. 무엇을 언제 기준으로 밝혔는지, "
        "다른 표에서 어떻게 구할 수 있는지를 담는다. 맞는지는 여기에 적지 않고 자료에서 구한다.",
        rules=[either("value", "stated_date")],
        columns={
            "claim_id": _row("Claim", "수치 식별자", "C003"),
            **in_both(
                "said", "Said", "내용", "New ties of five years as a share of all partner cities",
                "최근 5년에 새로 맺은 곳이 전체 파트너 도시에서 차지하는 비중",
                en="What was said, in our own words, in English.",
                ko="밝힌 내용을 직접 풀어 쓴 것(영어).",
                korean="The same in Korean.",
            ),
            "measure": text(
                "Measure", "항목", "new_partner_share_2012_2016", pattern=CODE_WORD,
                en="What the figure speaks of: an indicator, a measure of the published counts, or a word of its own.",
                ko="수치가 가리키는 항목. 지표나 공표값 항목, 또는 따로 붙인 이름.",
            ),
            "kind": choice(
                "Definition", "정의", "share", CLAIM_KINDS,
                en="What kind of figure it is as it is said: count, amount, share, growth, index, ordinal, date, target, or plan for what "
                "was still to come.",
                ko="밝힌 대로의 수치 종류. 개수, 금액, 비중, 증가율, 지수, 순서, 날짜, 목표, 아직 오지 않은 일의 계획.",
            ),
            "value": number(
                "Value", "값", "32", empty=True,
                en="The figure as said; empty where a date is said. One of the two is needed.",
                ko="밝힌 수치. 날짜를 밝혔으면 비워 둔다. 둘 가운데 하나는 있어야 한다.",
            ),
            "stated_date": edtf(
                "Date said", "밝힌 날짜", "2017-07-01", empty=True,
                en="The date as said, where the claim is one.",
                ko="날짜를 밝힌 경우 그 날짜.",
            ),
            "unit": text(
                "Unit", "단위", "percent", codes="currency",
                en="What the figure counts: cities, people, percent, an ISO 4217 code for money, date and so on.",
                ko="값의 단위. cities, people, percent, date 등이며 금액은 ISO 4217 부호.",
            ),
            "sharpness": choice(
                "Said as", "표현", "exact", ("exact", "about", "at_least", "at_most"),
                en="Whether the figure was said to be exact, about so many, at least or at most so many.",
                ko="정확한 수, 약, 이상, 이하 가운데 어떻게 밝혔는지.",
            ),
            "step": number(
                "Printed to", "표시 단위", "1", minimum=0, empty=True,
                en="The last place that is printed: 1 for 32 percent, 100000000 for 2.7 billion; empty for a date.",
                ko="표시된 마지막 자리. 32%는 1, 27억은 100000000. 날짜이면 비워 둔다.",
            ),
            "numerator": number(
                "Numerator", "분자", "18", minimum=0, empty=True,
                en="Of a share or growth, the part that was said.",
                ko="비중이나 증가율에서 밝힌 분자.",
            ),
            "denominator": number(
                "Denominator", "분모", "57", minimum=0, empty=True,
                en="Of a share or growth, the whole that was said.",
                ko="비중이나 증가율에서 밝힌 분모.",
            ),
            "as_of": edtf(
                "Speaks of", "기준 시점", "2017-07", empty=True,
                en="The day or period that the claim speaks of.",
                ko="밝힌 수치가 가리키는 시점이나 기간.",
            ),
            "method": choice(
                "Worked out by", "재계산 방법", "share", CLAIM_METHODS, empty=True,
                en="How the data can give the same figure (metrics/verification/recomputing.py); empty where they hold nothing on it.",
                ko="자료에서 같은 수치를 구하는 방법(metrics/verification/recomputing.py). 자료에 없으면 비워 둔다.",
            ),
            "inputs": text(
                "Worked out from", "재계산 대상", "C001 C002", empty=True, pattern=r"\S+( \S+)*",
                en="What the method is applied to, words between spaces: claims, indicators, events, cities, as the method asks for.",
                ko="방법을 적용하는 대상. 다른 수치, 지표, 행사, 도시 등을 방법이 정한 순서로 띄어 적는다.",
            ),
            "source_id": SOURCE,
            **NOTES,
        },
    ),

    table(
        "annotations", "Annotations", "시기 주석", key=["annotation_id"],
        en="What happened around the figures: terms of office, plans, laws, epidemics, events. Charts over time can show it.",
        ko="수치를 둘러싼 일. 시장 임기, 계획, 조례, 감염병, 행사 등이며 시간 차트에 표시할 수 있다.",
        rules=[in_order("start", "end")],
        columns={
            "annotation_id": _row("Annotation", "주석 식별자", "plan-2017"),
            "kind": choice(
                "Kind", "종류", "plan", NOTE_KINDS,
                en="What kind of thing it is; a reader chooses kinds.",
                ko="무엇에 관한 주석인지. 화면에서 종류별로 고른다.",
            ),
            "start": edtf(
                "From", "시작", "2017-04-01",
                en="When it happened or began.",
                ko="일어났거나 시작된 시점.",
            ),
            "end": edtf(
                "Until", "끝", "2020", empty=True,
                en="When it ended; empty where it was a moment or goes on.",
                ko="끝난 시점. 한때의 일이거나 이어지고 있으면 비워 둔다.",
            ),
            "lasting": choice(
                "Lasts", "지속", "no", ("yes", "no"),
                en="Whether it is a stretch of time (yes) or a moment (no). A stretch without an end goes on.",
                ko="기간(yes)인지 한때의 일(no)인지. 기간인데 끝이 비어 있으면 이어지고 있는 것이다.",
            ),
            **in_both(
                "label", "Label", "표지", "Diplomacy plan", "도시외교 계획",
                en="A few words for a chart, in English.",
                ko="차트에 적는 짧은 말(영어).",
            ),
            **in_both(
                "title", "Title", "내용", "Urban diplomacy plan for 2017 to 2020 announced", "도시외교 기본계획(2017~2020년) 발표",
                en="What it was, in English.",
                ko="무슨 일이었는지(영어).",
                korean="The same in Korean.",
            ),
            "source_id": SOURCE,
            **NOTES,
        },
    ),

    table(
        "coverage", "Coverage", "자료 확인 범위", key=["theme"],
        en="Until which day the sources of a theme were looked through; after it, silence says nothing. A theme without a row is covered "
        "until its newest source with a row in use.",
        ko="주제별로 출처를 어느 날까지 확인했는지. 그 뒤의 공백은 아무것도 뜻하지 않는다. 행이 없는 주제는 사용 중인 행의 출처 가운데 "
        "가장 최근 출처의 날까지로 본다.",
        columns={
            "theme": choice(
                "Theme", "주제", "contacts", COVERED_THEMES,
                en="The part of the data that was looked through.",
                ko="확인한 자료의 주제.",
            ),
            "until": edtf(
                "Looked through until", "확인한 날", "2025-12-18",
                en="The last day up to which sources were looked through; of a vague date, its first day.",
                ko="출처를 확인한 마지막 날. 날짜가 정확하지 않으면 가능한 가장 이른 날로 본다.",
            ),
            "source_id": ref(
                "sources.source_id", "Source", "출처", "seoul-city-diplomacy-2017-03", empty=True,
                en="The source that shows it, where there is one; else the note gives the reason.",
                ko="이를 보여 주는 출처. 없으면 비고에 까닭을 적는다.",
            ),
            **NOTES,
        },
        rules=[either("source_id", "note")],
    ),

    _vocabulary(
        "tie_kinds", Bilingual("Kind", "유형"), "Kinds of tie", "교류 유형", ("friendship", "Friendship city", "우호도시"),
        en="The kinds of tie that the city knows, in the order in which they are shown.",
        ko="도시가 구분하는 교류 유형. 화면에 보이는 순서로 적는다.",
        colour=choice(
            "Colour", "색", "gold", TIE_COLOURS,
            en="The colour on maps and in charts.",
            ko="지도와 차트에서 쓰는 색.",
        ),
        counts=choice(
            "Counts as partner", "파트너로 세는지", "yes", YES_OR_NO,
            en="Whether a tie of this kind makes a partner. One that does not is listed, and drawn hollow on the map.",
            ko="이 유형이 있으면 파트너 도시로 세는지. 세지 않는 유형은 목록에 보이고 지도에는 빈 점으로 그린다.",
        ),
        becomes=ref(
            "tie_kinds.kind_code", "May become", "격상되는 유형", "sister", empty=True,
            en="The kind to which a tie of this one may be raised; from that day on it is of that kind only.",
            ko="이 유형이 격상될 수 있는 유형. 격상된 날부터는 그 유형으로만 본다.",
        ),
    ),
    _vocabulary(
        "levels", Bilingual("Level", "단계"), "Levels of government", "지방정부 단계", ("province", "Province", "도"),
        en="The kinds of local government that partners are.",
        ko="파트너인 지방정부의 종류.",
        counts_as_city=choice(
            "Counts as city", "도시로 세는지", "no", YES_OR_NO,
            en="Whether one of this kind is counted as a city. Where a partner is of a kind that is not, texts say partners and not "
            "cities.",
            ko="이 종류를 도시로 세는지. 도시로 세지 않는 종류의 파트너가 있으면 화면에 ‘도시’ 대신 ‘파트너’로 적는다.",
        ),
    ),
    _vocabulary(
        "regions", Bilingual("Region", "권역"), "Regions of the world", "세계 권역", ("Oceania", "Oceania", "오세아니아"),
        en="The parts of the world under which cities are shown, in their order.",
        ko="도시를 묶어 보여 주는 세계 권역. 화면에 보이는 순서로 적는다.",
    ),
    _vocabulary(
        "sectors", Bilingual("Sector", "분야"), "Fields of policy", "정책 분야", ("transport_card", "Fare cards", "교통카드"),
        en="The fields of policy by which exported projects are told apart, in their order.",
        ko="수출한 정책사업을 나누는 분야. 화면에 보이는 순서로 적는다.",
    ),
    _vocabulary(
        "funds", Bilingual("Fund", "기금"), "Funds", "기금 종류", ("development_fund", "Development cooperation fund", "개발협력기금"),
        en="The funds that the table of the fund tells of, in their order. The one that is measured is `cooperation_fund`.",
        ko="기금 표에 나오는 기금의 종류. 화면에 보이는 순서로 적으며, 지표로 세는 것은 `cooperation_fund`이다.",
    ),
)
# fmt: on

TABLES = {schema.name: schema for schema in _DECLARED}
"""Every table by name. The file of a table is its name with `.csv`; the file's header is its columns in this order."""


def schema_for(name: str, columns: Iterable[str]) -> pa.DataFrameSchema:
    """A table with those of the columns that hold one of its texts in a further language. Raises KeyError for an unknown table."""
    return with_languages(TABLES[name], columns)


def field_of(name: str, column: str) -> Field | None:
    """The declaration of a column, also in a further language; None for a column that the table cannot have."""
    return fields(schema_for(name, [column])).get(column) if name else None
