"""What a reader chose stays chosen, also when she is quicker than the server."""

from pages.parts.shell.address import UnderWay, put


def run(under_way: UnderWay, sent: dict[str, str], **parts: str) -> dict[str, str]:
    """One run of the page: the address that the browser sent, what a callback chose, and the address then."""
    query = dict(sent)
    if parts:
        under_way.choose(query, **parts)
    under_way.begin_run()
    return query


def test_a_choice_is_written_to_the_address_and_an_empty_one_leaves_it():
    query = {"city": "london", "lang": "ko"}
    put(query, city="", regions=["Asia", "Europe"], as_of="")
    assert query == {"lang": "ko", "regions": "Asia,Europe"}


def test_choices_made_before_the_answer_to_the_first_all_hold():
    under_way, before = UnderWay(), {"lang": "en", "city": "london"}
    first = run(under_way, before, city="", note="Say who counts")
    assert run(under_way, before, title="Growing") == {"lang": "en", "note": "Say who counts", "title": "Growing"}
    assert run(under_way, first, lang="ko") == {"lang": "ko", "note": "Say who counts", "title": "Growing"}


def test_a_choice_after_the_answer_goes_on_from_it():
    under_way = UnderWay()
    first = run(under_way, {}, regions="Asia")
    second = run(under_way, first, regions="")
    assert run(under_way, second, regions="Asia", city="tokyo") == {"regions": "Asia", "city": "tokyo"}


def test_the_way_back_is_no_overtaken_address():
    under_way, before = UnderWay(), {"lang": "en"}
    run(under_way, before, regions="Asia")
    assert run(under_way, before) == before
    assert run(under_way, before, city="tokyo") == {"lang": "en", "city": "tokyo"}
