"""Who is let in, under which names, and what every answer forbids."""

import pytest

from commsim.page.guard import Guard, headers, is_loopback

HERE = Guard("127.0.0.1", 8765)
OPEN = Guard("0.0.0.0", 8765)


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST:8765"])
def test_this_machine_by_its_names(host):
    assert HERE.lets_in({"host": host}, needs_origin=False)
    assert HERE.lets_in({"host": host, "origin": f"http://{host}"}, needs_origin=True)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example:8765", "localhost", "localhost:80", "127.0.0.1:8766", "localhost.evil.example:8765",
     "192.168.1.5:8765", "[::1", "127.0.0.1:port", "evil.example@localhost:99",
     "evil.example@localhost:8765", "localhost:8765/; script-src *", "localhost:8765?"],
)  # fmt: skip
def test_no_other_name(host):
    assert not HERE.lets_in({"host": host}, needs_origin=False)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:8766", ""]
)
def test_no_other_origin(origin):
    assert not HERE.lets_in({"host": "127.0.0.1:8765", "origin": origin}, needs_origin=False)


def test_a_socket_needs_an_origin():
    assert not HERE.lets_in({"host": "127.0.0.1:8765"}, needs_origin=True)


def test_an_open_server_takes_addresses_but_no_names_of_others():
    assert OPEN.lets_in({"host": "192.168.1.5:8765"}, needs_origin=False)
    assert not OPEN.lets_in({"host": "evil.example:8765"}, needs_origin=False)


def test_loopback():
    assert [is_loopback(h) for h in ("localhost", "127.0.0.1", "127.9.9.9", "::1")] == [True] * 4
    assert [is_loopback(h) for h in ("0.0.0.0", "::", "192.168.1.5", "example.com")] == [False] * 4


def test_the_policy_allows_nothing_from_elsewhere_and_no_inline_script():
    policy = headers("localhost:8765")["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not {"http:", "https:", "*", "data:"} & set(policy.replace(";", " ").split())
