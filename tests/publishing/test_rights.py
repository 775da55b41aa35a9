"""Who may use the data desk: the person at the machine, and nobody who only seems to be there."""

from dataclasses import replace

import pytest

from publishing.errors import DashboardError, NotAllowed
from publishing.rights import AT_THE_MACHINE, Visitor, may_publish, require

SITE = "127.0.0.1:8501"
LOCAL = Visitor("127.0.0.1", "127.0.0.1", (("host", SITE), ("origin", f"http://{SITE}")))


def asking(host: str, origin: str | None = None, **others: str) -> Visitor:
    """The local person's connection with other headers; the page is of the same address where no origin is given."""
    headers = {"host": host, "origin": f"http://{host}" if origin is None else origin, **others}
    return replace(LOCAL, headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()))


@pytest.mark.parametrize("visitor", [LOCAL, AT_THE_MACHINE])
def test_the_person_at_the_machine_is_the_analyst(visitor):
    assert may_publish(visitor)
    require(visitor)


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "LOCALHOST:8501", "127.0.0.1", "127.3.2.1:80", "[::1]:8501", "[::1]"])
def test_every_name_of_loopback_is_understood(host):
    assert may_publish(asking(host))
    assert may_publish(asking(host, f"https://{host.lower()}"))


@pytest.mark.parametrize("address", ["::1", "localhost", "127.0.0.2"])
def test_the_server_may_listen_on_any_loopback_address_and_the_person_come_from_any(address):
    assert may_publish(replace(LOCAL, listening=address, peer=address))


@pytest.mark.parametrize("address", ["", "0.0.0.0", "::", "192.168.0.7", "dashboard.city.example", "127.0.0.1.city.example", "127.0.0.1\n"])
def test_a_server_that_listens_elsewhere_or_does_not_know_where_has_no_desk(address):
    assert not may_publish(replace(LOCAL, listening=address))


@pytest.mark.parametrize("address", ["", "192.168.0.7", "10.0.0.1", "2001:db8::1", "::ffff:203.0.113.9", "testclient"])
def test_a_visitor_from_another_machine_has_no_desk(address):
    assert not may_publish(replace(LOCAL, peer=address))


@pytest.mark.parametrize(
    "host",
    [
        *("dashboard.city.example", "localhost.city.example", "127.0.0.1.city.example", "evil.example:8501", "localhost@evil.example"),
        *("127.0.0.1#.evil.example", "[::1", "127.0.0.1:port", "localhost.", "a.localhost", "0.0.0.0", "", " "),
    ],
)
def test_a_public_name_that_leads_to_this_machine_has_no_desk(host):
    assert not may_publish(asking(host))


@pytest.mark.parametrize("origin", ["https://dashboard.city.example", "http://localhost:8501", "http://127.0.0.1:3000", "null", "", "file://"])
def test_a_page_of_another_address_cannot_ask_in_the_persons_name(origin):
    assert not may_publish(asking(SITE, origin))


@pytest.mark.parametrize("mark", ["x_forwarded_for", "X_Forwarded_Host", "x_forwarded_proto", "forwarded", "via", "x_real_ip"])
def test_a_proxy_on_the_same_machine_is_not_the_local_person(mark):
    assert not may_publish(asking(SITE, **{mark: "127.0.0.1"}))


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("host", SITE),),
        (("origin", f"http://{SITE}"),),
        (("host", SITE), ("host", "evil.example"), ("origin", f"http://{SITE}")),
        (("host", SITE), ("origin", f"http://{SITE}"), ("origin", "http://evil.example")),
    ],
)
def test_who_does_not_say_clearly_whence_has_no_desk(headers):
    assert not may_publish(replace(LOCAL, headers=headers))


def test_what_is_refused_is_refused_by_an_error_of_the_house():
    with pytest.raises(NotAllowed) as refused:
        require(replace(LOCAL, peer="203.0.113.9"))
    assert isinstance(refused.value, DashboardError)
