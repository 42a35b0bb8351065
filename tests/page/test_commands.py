"""``commsim demo`` and ``commsim serve`` with what can't be served: a sentence and an exit code, no page."""

import socket

import pytest
from typer.testing import CliRunner

from commsim.cli import app


def said(*arguments):
    """Exit code and all that a command printed."""
    done = CliRunner().invoke(app, [*arguments, "--no-browser", "--quiet"])
    return done.exit_code, done.output + done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("serve", "nosuch"), 3, "there is no such scenario"),
        (("serve", *["dead-group"] * 5), 2, "4 scenarios at most"),
        (("demo", "--lang", "fr"), 2, "none of en, zh"),
        (("demo", "--seed", str(2**60)), 2, "a browser counts to"),
        (("demo", "--port", "70000"), 2, "--port"),
        (("demo", "--host", " "), 2, "give an address, such as 127.0.0.1"),
    ],
)
def test_what_cannot_be_served(arguments, code, words):
    assert said(*arguments)[0] == code
    assert words in said(*arguments)[1]


def test_a_port_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, text = said("demo", "--port", str(port))
    assert code == 3
    assert f"127.0.0.1:{port}: can't listen there" in text
    assert "another --port" in text


def test_an_address_that_others_can_reach_is_warned_of():
    code, text = said("demo", "--host", "203.0.113.9")  # of no machine: kept for documents
    assert "Warning: everybody who can reach this machine at 203.0.113.9" in text
    assert code == 3
