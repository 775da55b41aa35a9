"""Files as they come: bytes in, cells of text and problems out."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.problems import Problem
from publishing.intake import read_csv


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"code,name\nNA,Namibia\n", [["NA", "Namibia"]]),
        (b"\xef\xbb\xbfcode,name\r\nNA,\r\n", [["NA", ""]]),
        (b'code,name\nA,"two\nlines, one cell"\nB,b', [["A", "two\nlines, one cell"], ["B", "b"]]),
        ("code,name\n서울,007\n".encode(), [["서울", "007"]]),
        (b"code,name\nnull,NaN\n\nx,y\n", [["null", "NaN"], ["", ""], ["x", "y"]]),
        (b"code,name\n", []),
    ],
)
def test_cells_are_read_as_the_text_that_they_are(content, rows):
    frame, problems = read_csv("territories", content)
    assert problems == []
    assert list(frame.columns) == ["code", "name"]
    assert frame.to_numpy().tolist() == rows
    assert set(frame.dtypes.astype(str)) == {"str"}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"\n\n", 1),
        (b"code,name\nA,\xb0\xa1\n", 2),
        (b'code,name\nA,"never closed\n', 2),
        (b'code,name\nA,b\nB,"closed"too early\n', 3),
    ],
)
def test_a_file_that_is_no_utf_8_csv_is_one_problem_at_a_line(content, line):
    frame, problems = read_csv("cities", content)
    assert frame.empty
    assert problems == [Problem("cities", None, "", "", "unreadable", {"line": line})]


def test_a_row_with_more_or_fewer_cells_than_the_header_is_told():
    _, problems = read_csv("cities", b"code,name\nA\nB,b\nC,c,\n")
    assert problems == [
        Problem("cities", 2, "", "", "broken_row", {"found": 1, "expected": 2}),
        Problem("cities", 4, "", "", "broken_row", {"found": 3, "expected": 2}),
    ]


def test_a_header_that_names_a_column_twice_is_left_for_the_checks():
    frame, problems = read_csv("cities", b"code,code\nA,B\n")
    assert problems == []
    assert list(frame.columns) == ["code", "code"]


@given(st.binary(max_size=200) | st.text(alphabet='ab,"\n\r\0', max_size=60).map(str.encode))
def test_no_bytes_whatever_make_reading_fail(content):
    frame, problems = read_csv("cities", content)
    assert isinstance(frame, pd.DataFrame)
    assert len(frame.columns) or problems
