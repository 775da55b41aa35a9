"""The release that readers look at, and the day it is in the home city."""

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from metrics.release import Release
from publishing import current
from publishing.releases import UnreadableRelease

HOME = pd.DataFrame({"city_id": ["seoul"], "currency": ["KRW"], "time_zone": ["Asia/Seoul"], "source_id": ["s"]})


def test_the_folder_in_the_environment_wins_over_the_projects_own(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    assert current.data_folder() == tmp_path
    monkeypatch.delenv("DASHBOARD_DATA")
    assert current.data_folder() == Path(current.__file__).parents[1] / "data"


def test_a_folder_that_cannot_be_read_is_tried_again(monkeypatch, tmp_path):
    monkeypatch.delenv("DASHBOARD_STATE")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    for _ in range(2):
        with pytest.raises(UnreadableRelease):
            current.current_release()


def test_in_the_home_city_it_can_be_tomorrow_already():
    late_in_london = datetime(2020, 2, 28, 15, 30, tzinfo=UTC)  # 00:30 on 29 February in Seoul, nine hours ahead
    assert current.today_at_home(Release(1, "", {"home": HOME}), late_in_london.astimezone) == date(2020, 2, 29)
