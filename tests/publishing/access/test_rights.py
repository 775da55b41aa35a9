"""Who may do what: without a sign-in the person at the machine and nobody who only seems to be there; with one whoever signed in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from publishing.access import rights
from publishing.access.rights import (
    AT_THE_MACHINE,
    NO_SIGN_IN,
    Role,
    Rules,
    Visitor,
    may_audit,
    may_measure,
    may_prepare,
    may_read,
    require,
    role,
    rules_from,
    signed_in,
)
from publishing.store.errors import DashboardError, NotAllowed, SignInTooOld

SITE = "127.0.0.1:8501"
LOCAL = Visitor("127.0.0.1", "127.0.0.1", (("host", SITE), ("origin", f"http://{SITE}")))

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def may_publish(visitor: Visitor) -> bool:
    """Where no sign-in is set up."""
    return rights.may_publish(visitor, NO_SIGN_IN, NOW)


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


@pytest.mark.parametrize(
    "origin", ["https://dashboard.city.example", "http://localhost:8501", "http://127.0.0.1:3000", "null", "", "file://"]
)
def test_a_page_of_another_address_cannot_ask_in_the_persons_name(origin):
    assert not may_publish(asking(SITE, origin))


@pytest.mark.parametrize(
    "mark",
    [
        *("x_forwarded_for", "X_Forwarded_Host", "x_forwarded_proto", "x_forwarded", "forwarded", "forwarded_for", "via", "x_real_ip"),
        *("x_client_ip", "x_cluster_client_ip", "x_original_host", "x_original_forwarded_for", "x_envoy_external_address", "x_remote_ip"),
        *("x_proxyuser_ip", "x_azure_clientip", "x_appengine_user_ip", "x_amzn_trace_id", "x_arr_log_id", "x_request_id", "x_scheme"),
        *("true_client_ip", "cf_connecting_ip", "cf_ray", "cdn_loop", "fastly_client_ip", "fly_client_ip", "client_ip", "remote_user"),
    ],
)
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


AUTH = {"client_id": "dashboard"}
ACCESS = {"analysts": ["Minji@city.example", "publishers"], "admins": ["head@city.example"], "claim": "groups"}
RULES = rules_from({"auth": AUTH, "access": ACCESS})


def arrived(email: str = "", hours: float = 1, rules: Rules = RULES, **claims: object) -> Visitor:
    """Who signed in so many hours before NOW; the provider vouches for the address."""
    given = {"iss": "https://id.city.example", "sub": "7", "email": email, "email_verified": True, "iat": NOW.timestamp() - hours * 3600}
    return Visitor("", "203.0.113.9", signed=signed_in(given | claims, rules))


@pytest.mark.parametrize(
    ("visitor", "expected"),
    [
        (Visitor("", "203.0.113.9"), Role.NOBODY),
        (LOCAL, Role.NOBODY),
        (arrived("guest@city.example"), Role.VIEWER),
        (arrived("minji@city.example"), Role.ANALYST),
        (arrived(" MINJI@City.example"), Role.ANALYST),
        (arrived("guest@city.example", groups=["readers", "Publishers"]), Role.ANALYST),
        (arrived("guest@city.example", groups="publishers"), Role.ANALYST),
        (arrived("head@city.example"), Role.ADMIN),
        (arrived("head@city.example", email_verified=False), Role.VIEWER),
        (arrived("head@city.example", email_verified="maybe"), Role.VIEWER),
        (arrived("guest@city.example", groups=["head@city.example"]), Role.VIEWER),
        (arrived("publishers"), Role.VIEWER),
        (arrived("guest@city.example", groups={"publishers": True}), Role.VIEWER),
    ],
)
def test_a_role_follows_from_a_verified_address_or_the_claim_and_from_nothing_else(visitor, expected):
    assert role(visitor, RULES) == expected


KELVIN, LONG_S = "\u212a", "\u017f"


@pytest.mark.parametrize(
    ("listed", "email", "expected"),
    [
        ("kim@city.example", f"{KELVIN}im@city.example", Role.VIEWER),
        ("sam@city.example", f"{LONG_S}am@city.example", Role.VIEWER),
        ("strasse@city.example", "straße@city.example", Role.VIEWER),
        ("straße@city.example", "strasse@city.example", Role.VIEWER),
        ("straße@city.example", "straße@city.example", Role.ADMIN),
        ("Ünal@city.example", "ünal@city.example", Role.VIEWER),
        ("Ünal@city.example", "Ünal@city.example", Role.ADMIN),
        ("kim@city.example", "kim@city.example\u00a0", Role.VIEWER),
        ("kim@city.example", "kim@city.example\u200b", Role.VIEWER),
        ("kim@city.example", "ｋim@city.example", Role.VIEWER),
        ("kim@city.example", "KIM@City.Example", Role.ADMIN),
    ],
)
def test_an_address_or_a_value_that_unicode_calls_the_same_is_somebody_elses(listed, email, expected):
    rules = rules_from({"auth": AUTH, "access": {"admins": [listed, listed.partition("@")[0]], "claim": "groups"}})
    assert role(arrived(email, rules=rules), rules) == expected
    assert role(arrived(rules=rules, groups=[email.partition("@")[0] + email.partition(".example")[2]]), rules) == expected


def test_who_somebody_is_follows_from_issuer_and_subject_alone():
    pairs = [(f"https://{site}.example", sub) for site in "ab" for sub in "78"]
    ids = {arrived("kim@city.example", iss=issuer, sub=sub).signed.id for issuer, sub in pairs}
    assert len(ids) == 4
    assert arrived("kim@city.example").signed.id == arrived("other@city.example").signed.id


def test_without_a_sign_in_the_person_at_the_machine_is_the_admin_and_all_others_read():
    assert [role(visitor, NO_SIGN_IN) for visitor in (LOCAL, arrived("head@city.example"), replace(LOCAL, peer="10.0.0.1"))] == [
        Role.ADMIN,
        Role.VIEWER,
        Role.VIEWER,
    ]


@pytest.mark.parametrize(
    ("hours", "fresh"), [(0, True), (11.9, True), (12, True), (12.1, False), (700, False), (-1 / 61, True), (-0.1, False)]
)
def test_a_sign_in_is_fresh_for_twelve_hours_and_a_clock_may_be_a_minute_ahead(hours, fresh):
    assert rights.may_publish(arrived("minji@city.example", hours), RULES, NOW) == fresh
    assert restores(arrived("head@city.example", hours)) == fresh
    assert may_prepare(arrived("minji@city.example", hours), RULES)


def test_a_sign_in_is_fresh_to_the_second_of_its_last_hour_and_no_more_than_a_minute_ahead():
    moments = [NOW - timedelta(hours=12), NOW - timedelta(hours=12, seconds=1), NOW + timedelta(minutes=1), NOW + timedelta(seconds=61)]
    visitors = [arrived("minji@city.example", auth_time=moment.timestamp()) for moment in moments]
    assert [rights.is_fresh(visitor, RULES, NOW) for visitor in visitors] == [True, False, True, False]


def test_the_moment_of_the_authentication_counts_before_that_of_the_token():
    day_before = (NOW - timedelta(hours=20)).timestamp()
    assert not rights.may_publish(arrived("minji@city.example", auth_time=day_before), RULES, NOW)
    assert rights.may_publish(arrived("minji@city.example", auth_time=None), RULES, NOW)


@pytest.mark.parametrize("moment", [None, "yesterday", True, -1, 0, float("nan"), 3e11, 1e300])
def test_a_sign_in_that_does_not_tell_its_moment_is_not_fresh(moment):
    visitor = arrived("minji@city.example", iat=moment)
    assert visitor.signed.at is None
    assert not rights.may_publish(visitor, RULES, NOW)


def restores(visitor):
    """Whether a visitor may put an older release in force."""
    try:
        rights.require(visitor, RULES, Role.ADMIN, NOW)
    except NotAllowed:
        return False
    return True


def test_only_an_admin_restores_and_sees_the_audit():
    both = [arrived(email) for email in ("minji@city.example", "head@city.example")]
    assert [restores(visitor) for visitor in both] == [may_audit(visitor, RULES) for visitor in both] == [False, True]


@pytest.mark.parametrize(("viewers", "read"), [("everyone", [True, True]), ("signed-in", [False, True])])
def test_who_reads_is_a_setting(viewers, read):
    rules = replace(RULES, viewers=viewers)
    assert [may_read(visitor, rules) for visitor in (LOCAL, arrived("guest@city.example"))] == read


def test_the_measures_are_for_an_admin_or_whoever_brings_the_token():
    rules = replace(RULES, token="long-secret")
    brings = [Visitor("", "10.0.0.1", (("Authorization", f"Bearer {token}"),)) for token in ("long-secret", "other", "")]
    assert [may_measure(visitor, rules) for visitor in (*brings, LOCAL, arrived("minji@city.example"), arrived("head@city.example"))] == [
        *(True, False, False),
        *(False, False, True),
    ]
    assert not may_measure(brings[2], RULES)


def test_without_a_sign_in_the_person_at_the_machine_measures_also_without_a_page():
    plain = replace(LOCAL, headers=(("host", SITE),))
    visitors = (plain, replace(plain, peer="10.0.0.1"), asking(SITE, "https://evil.example"))
    assert [may_measure(visitor, NO_SIGN_IN) for visitor in visitors] == [
        True,
        False,
        False,
    ]


def test_an_old_sign_in_is_refused_by_an_error_of_its_own_and_a_low_role_by_the_plain_one():
    with pytest.raises(SignInTooOld):
        require(arrived("minji@city.example", hours=13), RULES, now=NOW)
    with pytest.raises(NotAllowed) as refused:
        require(arrived("minji@city.example"), RULES, Role.ADMIN, NOW)
    assert type(refused.value) is NotAllowed


def test_who_signed_in_without_a_verified_address_is_known_by_the_providers_id():
    named = [arrived("head@city.example", email_verified=vouched).signed.known_as for vouched in (True, False)]
    assert named == ["head@city.example", "https://id.city.example#7"]
    trusting = replace(RULES, trust_email=True)
    assert arrived("head@city.example", rules=trusting, email_verified=None).signed.known_as == "head@city.example"


@pytest.mark.parametrize(
    "claims", [{}, {"email": "head@city.example"}, {"sub": ""}, {"sub": 7}, {"sub": "7", "iss": "a#b"}, {"sub": "7", "iss": ["a"]}]
)
def test_claims_that_name_nobody_are_nobodys(claims):
    assert signed_in(claims, RULES) is None


@pytest.mark.parametrize(
    "access",
    [
        {"viewers": "nobody"},
        {"viewer": "signed-in"},
        {"analysts": "minji@city.example"},
        {"admins": [""]},
        {"hours": 0},
        {"hours": 24 * 30},
        {"metrics_token": "t" * 23},
        {"hours": "long"},
        {"hours": True},
        {"metrics_token": "short"},
        {"trust_email": "yes"},
        {"provider_hosts": "keys.city.example"},
        {"provider_hosts": ["https://keys.city.example/"]},
    ],
)
def test_rules_that_make_no_sense_stop_the_start(access):
    with pytest.raises(ValueError, match=r"\[access\]"):
        rules_from({"auth": AUTH, "access": access})


@pytest.mark.parametrize("secret", ["", "changeme", "x" * 31])
def test_a_short_secret_stops_the_start(secret):
    with pytest.raises(ValueError, match="cookie_secret"):
        rules_from({"auth": AUTH | {"cookie_secret": secret}})


def test_a_secret_of_32_characters_and_hours_of_less_than_a_month_are_enough():
    rules = rules_from({"auth": AUTH | {"cookie_secret": "x" * 32}, "access": {"hours": 24 * 30 - 1}})
    assert (rules.sign_in, rules.hours) == (True, 719)


def test_rules_without_a_sign_in_stop_the_start_since_they_would_close_nothing():
    with pytest.raises(ValueError, match="sets up no sign-in"):
        rules_from({"access": {"viewers": "signed-in"}})
    assert rules_from({"access": {"metrics_token": "t" * 24}}) == Rules(token="t" * 24)
    assert "ttt" not in repr(Rules(token="t" * 24))
