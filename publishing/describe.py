"""Generates datapackage.json (Data Package v2) and DICTIONARY.md from metrics/schema/tables.py; reads no data.

`python -m publishing.describe` writes both; `--check` only reports whether they are up to date.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandera.pandas as pa

from metrics.schema.columns import Bilingual, Field, fields
from metrics.schema.tables import TABLES

DATA = Path(__file__).parent.parent / "data"

_CC_BY = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Creative Commons Attribution 4.0"}
_UNICODE = {"name": "Unicode-3.0", "path": "https://www.unicode.org/license.txt", "title": "Unicode License v3"}
_GEONAMES = {"title": "GeoNames", "path": "https://www.geonames.org/"}
_CLDR = {"title": "Unicode CLDR", "path": "https://cldr.unicode.org/"}

_ABOUT = Bilingual(
    "Facts and figures on a city's relations abroad, each with its source in sources.csv; no prose of a source is copied. "
    "Coordinates and populations are from GeoNames (CC BY 4.0), names of countries from Unicode CLDR (Unicode License v3). "
    "This compilation may be used under CC BY 4.0; the ties of peer cities are under CC BY-SA 4.0, as they come from Wikipedia.",
    "도시의 대외 관계에 관한 사실과 수치를 출처(sources.csv)와 함께 모았다. 출처의 문장은 옮겨 싣지 않았다. "
    "좌표와 인구는 GeoNames(CC BY 4.0), 국가 이름은 Unicode CLDR(Unicode License v3)에서 가져왔다. "
    "이 자료는 CC BY 4.0에 따라 이용할 수 있다. 위키백과에서 가져온 비교 도시의 결연은 CC BY-SA 4.0을 따른다.",
)
_CC_BY_SA = {
    "name": "CC-BY-SA-4.0",
    "path": "https://creativecommons.org/licenses/by-sa/4.0/",
    "title": "Creative Commons Attribution-ShareAlike 4.0",
}
_WIKIPEDIA = {"title": "Twin-town lists of English Wikipedia, in Hekman/twincities", "path": "https://github.com/Hekman/twincities"}

_LICENCES = {
    "territories": {"licenses": [_CC_BY, _UNICODE], "sources": [_CLDR]},
    "cities": {"licenses": [_CC_BY, _UNICODE], "sources": [_GEONAMES, _CLDR]},
    "peer_places": {"licenses": [_CC_BY_SA], "sources": [_WIKIPEDIA, _GEONAMES]},
    "peer_ties": {"licenses": [_CC_BY_SA], "sources": [_WIKIPEDIA]},
}
_TYPES = {"text": "string", "date": "string", "number": "number", "whole": "integer"}


def descriptor(schemas: Iterable[pa.DataFrameSchema] = tuple(TABLES.values())) -> dict:
    """The Data Package v2 descriptor of tables; of the data folder by default."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "urban-diplomacy",
        **_named("title", Bilingual("Urban diplomacy of a city", "도시외교 자료")),
        **_named("description", _ABOUT),
        "licenses": [_CC_BY],
        "resources": [_resource(schema) for schema in schemas],
    }


def _named(name: str, text: Bilingual) -> dict[str, str]:
    return {name: text.en, f"{name}_ko": text.ko}


def _resource(schema: pa.DataFrameSchema) -> dict:
    return {
        "name": schema.name,
        "path": f"{schema.name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_named("title", schema.metadata["title"]),
        **_named("description", schema.metadata["description"]),
        **_LICENCES.get(schema.name, {}),
        "schema": _table_schema(schema),
    }


def _table_schema(schema: pa.DataFrameSchema) -> dict:
    described = {
        "fields": [_field(name, field) for name, field in fields(schema).items()],
        "missingValues": [""],
        "primaryKey": list(schema.metadata["key"]),
    }
    keys = [_foreign_key(name, field) for name, field in fields(schema).items() if field.refers]
    return {**described, "foreignKeys": keys} if keys else described


def _foreign_key(name: str, field: Field) -> dict:
    table, column = field.refers.split(".")
    return {"fields": [name], "reference": {"resource": table, "fields": [column]}}


def _field(name: str, field: Field) -> dict:
    convert = {"number": float, "whole": int}.get(field.kind, str)
    return {
        "name": name,
        "type": _TYPES[field.kind],
        **_named("title", field.title),
        **_named("description", field.description),
        **(_named("unit", field.unit) if field.unit else {}),
        "example": convert(field.example),
        "constraints": _constraints(field),
    }


def _constraints(field: Field) -> dict:
    limits = {"enum": list(field.allowed), "pattern": field.pattern, "minimum": field.minimum, "maximum": field.maximum}
    return {
        "required": field.required and not field.family,
        **{name: limit for name, limit in limits.items() if limit not in (None, "", [])},
    }


def dictionary(schemas: Iterable[pa.DataFrameSchema] = tuple(TABLES.values())) -> str:
    """The data dictionary in both languages as Markdown: a section per table, a line per column."""
    return "\n\n".join([_PREFACE, *(_section(schema) for schema in schemas)]) + "\n"


_PREFACE = f"""# Data dictionary · 데이터 사전

Written by `python -m publishing.describe` from `metrics/schema/tables.py`; change it there. Files are CSV in UTF-8 with a header row.
An empty cell means unknown or not applicable; nothing is estimated. Dates are EDTF: `2012`, `2012-05`, `2012-05-14`, and intervals
`A/B` where `..` is an open end. A text may stand in any language, in a column of its own: `name_de` beside `name_en` or without it.

이 문서는 `metrics/schema/tables.py`를 바탕으로 `python -m publishing.describe`가 만든다. 고칠 때는 그 파일을 고친다. 파일은
머리글 행이 있는 UTF-8 CSV이다. 빈 칸은 알 수 없거나 해당이 없다는 뜻이며 추정한 값은 없다. 날짜는 EDTF로 적는다.
`2012`, `2012-05`, `2012-05-14` 또는 기간 `A/B`이며 `..`는 열린 끝을 뜻한다.
이름과 설명은 어느 언어로든 적을 수 있으며 언어마다 열이 따로 있다. `name_en`과 함께, 또는 그 대신 `name_de`를 둘 수 있다.

{_ABOUT.en}

{_ABOUT.ko}"""

_HEADER = """\
| column 열 | title | 이름 | type 형식 | required 필수 | allowed 허용값 | description | 설명 | example 예 |
|---|---|---|---|---|---|---|---|---|"""

_KINDS = {"text": "text 문자", "date": "date 날짜 (EDTF)", "number": "number 숫자", "whole": "whole number 정수"}


def _section(schema: pa.DataFrameSchema) -> str:
    title, description = schema.metadata["title"], schema.metadata["description"]
    key = ", ".join(f"`{column}`" for column in schema.metadata["key"])
    lines = "\n".join([_HEADER, *(_line(name, field) for name, field in fields(schema).items())])
    return f"## {schema.name}: {title.en} · {title.ko}\n\n{description.en}\n\n{description.ko}\n\nKey 기본 키: {key}\n\n{lines}"


def _line(name: str, field: Field) -> str:
    cells = [
        f"`{name}`",
        field.title.en,
        field.title.ko,
        _KINDS[field.kind],
        "no 아니요" if not field.required else "in one language 한 언어 이상" if field.family else "yes 예",
        _allowed(field),
        field.description.en,
        field.description.ko,
        field.example,
    ]
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _allowed(field: Field) -> str:
    if field.refers:
        return f"→ `{field.refers}`"
    if field.allowed:
        return ", ".join(f"`{word}`" for word in field.allowed)
    if field.kind == "text":
        return f"`{field.pattern}`" if field.pattern else ""
    low, high = ("" if limit is None else f"{limit:g}" for limit in (field.minimum, field.maximum))
    limits = f"{low} – {high}" if high else f"≥ {low}" if low else ""
    return f"{limits} ({field.unit.en} {field.unit.ko})" if field.unit else limits


def files() -> dict[str, str]:
    """The expected text of each file, by name."""
    return {
        "datapackage.json": json.dumps(descriptor(), ensure_ascii=False, indent=2) + "\n",
        "DICTIONARY.md": dictionary(),
    }


def outdated(folder: Path) -> list[str]:
    """The files in the folder that are missing or differ from metrics/schema/tables.py."""

    def is_current(file: Path, text: str) -> bool:
        return file.is_file() and file.read_bytes() == text.encode()

    return [name for name, text in files().items() if not is_current(folder / name, text)]


def main(arguments: Sequence[str], folder: Path = DATA) -> int:
    """Writes the files; with `--check` writes nothing and returns 1 when one of them is outdated."""
    parser = argparse.ArgumentParser(prog="python -m publishing.describe", description="Describe the data from metrics/schema/tables.py.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is not what it should be")
    if not parser.parse_args(arguments).check:
        for name, text in files().items():
            (folder / name).write_bytes(text.encode())  # line feeds on every system
        return 0
    stale = outdated(folder)
    for name in stale:
        print(f"{folder.name}/{name} does not say what metrics/schema/tables.py says: run python -m publishing.describe", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
