"""The server from outside: what it hands out, whom it refuses, and how much it lets anybody ask."""

import json
import socket
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from visit import served
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from commsim.page.house import BURST, MOST_SESSIONS
from commsim.page.messages import MOST_BYTES
from waiting import PATIENCE, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A server that closes no request because of its time."""
    folder = tmp_path_factory.mktemp("server")
    with served("serve", "unmanaged-group", folder=folder, hearing=10 * PATIENCE) as found:
        yield found


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    """A server that soon closes what is not whole."""
    folder = tmp_path_factory.mktemp("hasty")
    with served("serve", "unmanaged-group", folder=folder, hearing=3.0) as found:
        yield found


def get(address, path="/", **headers):
    """Status, headers and body of a request for exactly this path."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def talk(address, **more):
    """A socket as the page opens it."""
    return connect(address.replace("http", "ws") + "talk", origin=address.rstrip("/"), max_size=None, **more)


def test_the_page_and_its_files(address):
    status, headers, body = get(address)
    assert status == 200
    assert b"main.js" in body
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert get(address, "/main.js")[1]["content-type"].startswith("text/javascript")
    assert b"Leon Sorokin" in get(address, "/uplot/LICENSE.txt")[2]


@pytest.mark.parametrize(
    "path",
    ["/../session.py", "/..%2fsession.py", "/%2e%2e/server.py", "//etc/passwd", "/static/main.js", "/uplot/",
     "/uplot/../../server.py", "/main.js/", "/main.js%00", "/talk"],
)  # fmt: skip
def test_nothing_on_disk_is_reachable_by_path(address, path):
    assert get(address, path)[0] == 404


def test_other_names_and_origins_are_refused(address):
    assert get(address, Host="evil.example")[0] == 403
    assert get(address, Origin="http://evil.example")[0] == 403
    for origin in ("http://evil.example", None):
        with pytest.raises(InvalidStatus):
            connect(address.replace("http", "ws") + "talk", origin=origin)


def test_a_conversation(address):
    with talk(address) as line:
        hello = json.loads(line.recv())
        assert (hello["type"], hello["lang"], hello["seed"]) == ("hello", "en", 0)
        line.send(json.dumps({"do": "start", "seed": 3}))
        assert json.loads(line.recv())["names"] == ["unmanaged group", "unmanaged group (2)"]
        runs = (told for told in line if isinstance(told, bytes))  # between them, word that they take long
        assert [next(runs)[0], next(runs)[0]] == [0, 1]
        line.send("nonsense")
        refused = json.loads(line.recv())
        assert (refused["type"], set(refused["what"])) == ("refused", {"en", "zh"})
        line.send(b"bytes")
        assert json.loads(line.recv())["type"] == "refused"


def test_too_long_and_too_many_messages_end_it(address):
    with talk(address) as line:
        line.recv()
        line.send("x" * (MOST_BYTES + 1))
        with pytest.raises(ConnectionClosed):
            line.recv()
    with talk(address) as line, pytest.raises(ConnectionClosed):
        chatter(line)


def chatter(line):
    """More messages than anybody needs, all of them sent before an answer is read."""
    for _ in range(3 * int(BURST)):
        line.send("nonsense")
    for _ in range(3 * int(BURST)):
        line.recv()


def half_open(address):
    """A connection with the beginning of a request."""
    connection = socket.create_connection(
        (urlsplit(address).hostname, urlsplit(address).port), timeout=PATIENCE
    )
    connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
    return connection


def is_closed(connection):
    """Wait for the server to close it; a TimeoutError if that never happens."""
    with suppress(ConnectionResetError):
        return connection.recv(1) == b""
    return True


def test_unfinished_requests_leave_room_for_others(address):
    with ExitStack() as stack:
        waiting = [stack.enter_context(half_open(address)) for _ in range(64)]
        assert get(address)[0] == 200
        assert is_let_in(address)
        assert all(is_closed(connection) for connection in waiting[:32])


def test_unfinished_requests_are_closed_and_a_conversation_is_none(hasty):
    with talk(hasty) as line:
        line.recv()
        with ExitStack() as stack:  # they come later than the conversation, so their time ends later
            waiting = [stack.enter_context(half_open(hasty)) for _ in range(8)]
            assert all(is_closed(connection) for connection in waiting)
        line.send("nonsense")
        assert json.loads(line.recv())["type"] == "refused"


def test_a_request_that_is_slow_but_whole_is_answered(address):
    with half_open(address) as connection:
        assert get(address)[0] == 200  # it came later, so the server has read the half of the other
        connection.sendall(urlsplit(address).netloc.encode() + b"\r\n\r\n")
        assert connection.recv(15) == b"HTTP/1.1 200 OK"


def test_so_many_visitors_and_no_more(address):
    with ExitStack() as stack:
        for _ in range(MOST_SESSIONS):
            stack.enter_context(talk(address))
        assert not is_let_in(address)
    wait_until(lambda: is_let_in(address), "room for another visitor, once the server has noticed")


def is_let_in(address):
    try:
        with talk(address):
            return True
    except InvalidStatus:
        return False
