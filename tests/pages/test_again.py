"""A page that is shown again: the pages that most readers keep open, whose filters they change all the time."""

import pandas as pd
import pytest


@pytest.mark.parametrize("name", ["overview", "partner_cities"])
def test_what_was_shown_once_is_shown_again_without_a_look_into_a_table(opened, monkeypatch, name):
    # Each look at a kept table also leaves a reference with it, which pandas gives back late: a server grows by them.
    page, looks = opened(name, lang="en"), []
    look = pd.DataFrame.__getitem__
    monkeypatch.setattr(pd.DataFrame, "__getitem__", lambda frame, key: looks.append(key) or look(frame, key))
    page.run()
    assert not page.exception
    assert looks == []
    page.query_params["types"] = "sister"
    page.run()
    assert looks
