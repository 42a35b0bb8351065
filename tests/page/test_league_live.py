"""A live league in a real browser: three phones hand in, and the projector shows the ladder."""

import json
import re
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from visit import Visit, served
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from commsim.page.ladder import MOST_BYTES
from waiting import PATIENCE

pytestmark = pytest.mark.slow
SHOP = """
name: tea shop
days: 10
community: {members: 60, group_size: 60}
products: [{name: tea, price: 30, unit_cost: 15}]
strategies: [{kind: content, hour: 12}]
"""


class Guest(Visit):
    """A tab with a page of the league."""

    def ready(self, panels):
        """The server has told what there is."""
        self.tab.locator("#shop", has_text="tea shop").wait_for()


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """Of phones, and of the trainer's page."""
    folder = tmp_path_factory.mktemp("league")
    (folder / "shop.yaml").write_text(SHOP)
    line = (
        "league",
        "shop.yaml",
        "--live",
        "--code",
        "471147",
        "--budget",
        "100",
        "--worlds",
        "4",
        "--quiet",
    )
    with served(*line, folder=folder, lines=2) as printed:
        assert "give the code 471147." in printed[0]
        yield [re.search(r"http://[\w.:]+/[\w#-]*", text)[0] for text in printed]


def hand_in(guest, team, code="471147", **total):
    tab = guest.tab
    tab.fill("#team", team)
    tab.fill("#code", code)
    for kind, yuan in total.items():
        card = tab.locator(".card", has_text=kind.replace("_", " ").capitalize())
        card.locator(".switch input").check()
        card.locator("input[type=range]").first.fill(str(yuan))
    tab.click("button[type=submit]")


def test_three_phones_and_the_ladder(browser, addresses):
    phone, trainer = addresses
    projector = Guest(browser, trainer, 1920, 1080)
    assert projector.tab.url == trainer.partition("#")[0]  # nobody reads the key from the wall
    assert projector.tab.inner_text("#code") == "471147"
    assert projector.tab.is_disabled("#score")
    guests = [Guest(browser, phone, 390, 844) for _ in range(3)]
    hand_in(guests[0], "Reds", code="000000")
    guests[0].told("not the code of the class")
    for guest, team, yuan in zip(guests, ("Reds", "Reds", "<b>绿</b>"), (1, 2, 200), strict=True):
        hand_in(guest, team, red_envelope=yuan)
    guests[0].told("Handed in: Reds")
    guests[1].told("another team has this name")
    hand_in(guests[1], "Blues")
    guests[1].told("Handed in: Blues")
    hand_in(guests[1], "Blues 2")  # again: the last one counts
    guests[1].told("Handed in: Blues 2")
    projector.tab.locator("#teams li", has_text="Blues 2").wait_for()
    assert sorted(projector.tab.locator("#teams li").all_inner_texts()) == ["<b>绿</b>", "Blues 2", "Reds"]
    projector.tab.click("#score")
    guests[2].told("over the budget, and so not ranked")
    rows = projector.tab.locator("#table tbody tr")
    assert rows.count() == 3
    assert rows.nth(2).locator("th").inner_text() == "<b>绿</b>"
    assert "over the budget" in rows.nth(2).inner_text()
    guests[0].told("Reds: place ")
    projector.tab.click("#language")
    projector.tab.locator("#table th", has_text="名次").wait_for()
    with projector.context.expect_page() as opened:
        projector.tab.click("#certificates")
    opened.value.wait_for_load_state()
    assert opened.value.locator(".certificate").count() == 3
    guests[0].tab.reload()
    guests[0].told("Reds: place ")  # the phone knows its team by what it kept
    assert guests[0].tab.input_value("#team") == "Reds"
    assert guests[0].tab.evaluate("document.documentElement.scrollWidth") <= 390
    for one in (*guests, projector):
        one.close()


def talk(address):
    return connect(address.replace("http", "ws") + "talk", origin=address.rstrip("/"), max_size=None)


def test_strangers_get_nothing(addresses):
    phone, _ = addresses
    with talk(phone) as line:
        hello = json.loads(line.recv())
        assert "471147" not in json.dumps(hello)
        for message in ({"do": "look", "key": "x"}, {"do": "score", "key": ""}, {"do": "start", "seed": 1}):
            line.send(json.dumps(message))
            assert json.loads(line.recv())["type"] == "refused"
        line.send("x" * (MOST_BYTES + 1))
        with pytest.raises(ConnectionClosed):
            line.recv()
    with pytest.raises(InvalidStatus):
        connect(phone.replace("http", "ws") + "talk", origin="http://evil.example")


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [("/", None, 200), ("/ladder", None, 200), ("/../cards.py", None, 404),
     ("/league/../../server.py", None, 404),
     ("/league/", None, 404), ("/certificates?lang=../en", None, 404), ("/shop.yaml", None, 404),
     ("/", "evil.example", 403), ("/certificates", "evil.example", 403)],
)  # fmt: skip
def test_paths_and_names(addresses, path, host, status):
    connection = HTTPConnection(urlsplit(addresses[0]).netloc, timeout=PATIENCE)
    connection.putrequest("GET", path, skip_host=host is not None)
    if host:
        connection.putheader("Host", host)
    connection.endheaders()
    assert connection.getresponse().status == status
    connection.close()
