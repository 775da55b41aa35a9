"""For every test: a state folder of this run alone, so that no dashboard on this machine gets into a test, nor the other way."""

import pytest
from hypothesis import settings

settings.register_profile("fuzz", max_examples=20_000, deadline=None)
settings.register_profile("mutants", max_examples=10, deadline=None, derandomize=True)


@pytest.fixture(autouse=True, scope="session")
def state_of_this_run(tmp_path_factory):
    """The project's own data in a new store. A test over other data takes the name away; the state then lies in that folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_STATE", str(tmp_path_factory.mktemp("state")))
        for name in ("DATABASE_URL", "DASHBOARD_BEGIN", "DASHBOARD_LOG"):  # a store of somebody's is not for tests
            patch.delenv(name, raising=False)
        yield
