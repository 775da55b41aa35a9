"""Tiny worlds as CSV text: a test names only the columns that it is about."""

from collections.abc import Mapping
from functools import cache, lru_cache
from io import StringIO
from pathlib import Path

import pandas as pd

from metrics.schema.checks import parsed
from metrics.schema.migrations import rows_of_missing
from metrics.schema.release import Release
from metrics.schema.tables import COVERED_THEMES, TABLES, schema_for
from metrics.schema.vocabulary import FAMILY
from publishing.store.releases import read_folder

HOME = """
city_id,currency,time_zone,source_id
home,KRW,Asia/Seoul,s
"""


COVERAGE = "theme,until,note_en,note_ko\n" + "".join(f"{theme},9999-12-31,Made up,지어냄\n" for theme in COVERED_THEMES)
"""Every theme was looked through for ever, so that a test of something else may take silence for nothing."""


WORDS = {name: rows_of_missing(name).to_csv(index=False) for name in FAMILY}


def world(**tables: str) -> Release:
    """A release of the given tables (CSV text by name); columns that are left out are empty, tables that are left out have no rows,
    those of words the standard ones.

    A world without a home and a coverage of its own is covered for ever.
    """
    given = {**WORDS, "home": HOME, "coverage": "" if "home" in tables else COVERAGE, **tables}
    return Release(1, "tiny", {name: _frame(name, given.get(name, "")) for name in TABLES})


@lru_cache(maxsize=1024)
def _frame(name: str, text: str) -> pd.DataFrame:
    columns = list(TABLES[name].columns)
    given = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False) if text.strip() else pd.DataFrame(columns=columns, dtype=str)
    columns = list(schema_for(name, given).columns)
    unknown = set(given) - set(columns)
    assert not unknown, f"{name} has no columns {unknown}"
    return parsed(name, given.reindex(columns=columns, fill_value="").astype("str"))


@cache
def own_data() -> Release:
    """The project's own data as a release."""
    return read_folder(Path(__file__).parents[1] / "data")


EMPTY = {
    "home": "city_id,currency,time_zone,source_id\nseoul,KRW,Asia/Seoul,s1\n",
    "sources": "source_id,title,publisher,url,published\ns1,Our own page,City,https://city.example/page,2024-01-02\n",
    "territories": "country_code,name_en,name_ko,name_source,boundary_source_id,source_id\n"
    "KR,South Korea,대한민국,Babel,s1,s1\nGB,United Kingdom,영국,Babel,s1,s1\n",
    "cities": "city_id,name_en,name_ko,country_code,region,level,lat,lon,population,name_source,source_id\n"
    "seoul,Seoul,서울,KR,Asia,city,37.566,126.978,9668465,s1,s1\n"
    "london,London,런던,GB,Europe,city,51.5085,-0.12574,8961989,s1,s1\n",
}
"""A release with a home city and nothing else that could be counted."""

ONE_ROW = EMPTY | {
    "agreements": "agreement_id,city_id,type,signed,role,source_id\na1,london,friendship,2015-12-04,primary,s1\n",
    "policy_exports": "export_id,project_en,project_ko,sector,status,started,role,source_id\n"
    "x1,Cards,카드,transport,completed,2011-07,primary,s1\n",
    "export_places": "export_id,place_no,country_code,city_id\nx1,1,GB,london\n",
    "published_counts": "count_id,measure,as_of,value,unit,role,source_id\nn1,partner_cities,2014-06-24,39,cities,primary,s1\n",
    "fund": "observation_id,date,measure,fund,value,currency,role,source_id\n"
    "f1,2016-12,balance,cooperation_fund,2700000000,KRW,primary,s1\n",
    "targets": "target_id,indicator,value,unit,set_on,due,role,source_id\nt1,fund_balance,10000000000,KRW,2017-04-01,2020,primary,s1\n",
}
"""A release with one row in each table that the overview is about."""


def write(folder: Path, tables: Mapping[str, str]) -> Path:
    """The tables as the CSV files of a data folder; every column is there, every table that is left out has a header only, one of
    words the standard ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        columns = list(TABLES[name].columns)
        text = tables.get(name, WORDS.get(name, ""))
        given = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False) if text else pd.DataFrame(columns=columns, dtype=str)
        given.reindex(columns=list(schema_for(name, given).columns), fill_value="").to_csv(folder / f"{name}.csv", index=False)
    return folder
