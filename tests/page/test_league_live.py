"""A live league in a real browser: three phones hand in, and the projector shows the ladder."""

import json
import re
import signal
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from visit import Visit, served
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

from commsim.page.ladder import MOST_BYTES
from waiting import PATIENCE

pytestmark = pytest.mark.slow
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
SHOP = """
name: tea shop
days: 10
community: {members: 60, group_size: 60}
products: [{name: tea, price: 30, unit_cost: 15}]
strategies: [{kind: content, hour: 12}]
"""
LINE = ("league", "shop.yaml", "--live", "--code", "471147", "--budget", "100", "--worlds", "12", "--quiet")

SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
    .filter((one) => one.getClientRects().length)
    .filter((one) => [...one.childNodes].some((text) => text.nodeType === 3 && text.textContent.trim()))
    .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
"""Of all letters that are seen, in pixels."""


class Guest(Visit):
    """A tab with a page of the league."""

    def ready(self, panels):
        """The server has told what there is."""
        self.tab.locator("#shop", has_text="tea shop").wait_for()

    def readable(self):
        """Nobody is kept from reading or reaching it."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
        found = axe.Axe().run(self.tab, options={"runOnly": AXE}).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []
        wide = self.tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0

    def costs(self, text):
        """The foot says so of the plan's cost."""
        self.tab.locator("#costs", has_text=re.compile(text)).wait_for()


def addresses_of(lines):
    return [re.search(r"http://[\w.:]+/[\w#-]*", text)[0] for text in lines]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """Of phones, and of the trainer's page."""
    folder = tmp_path_factory.mktemp("league")
    (folder / "shop.yaml").write_text(SHOP)
    with served(*LINE, "--out", "kept", folder=folder, lines=2) as printed:
        assert "give the code 471147." in printed[0]
        yield addresses_of(printed)
    assert (folder / "kept/round-1/ladder.csv").read_text(encoding="utf-8-sig").count("\n") == 4
    assert len([*(folder / "kept/round-1").glob("team-*.yaml")]) == 3
    assert "Certificate" in (folder / "kept/round-1/ladder.html").read_text(encoding="utf-8")


def join(guest, team, code="471147"):
    guest.tab.fill("#team", team)
    guest.tab.fill("#code", code)
    guest.tab.click("#join button")


def envelope(guest):
    return guest.tab.locator(".card", has_text="Red envelope")


def put(guest, yuan):
    """Take the card of envelopes, and slide it to so much money."""
    envelope(guest).locator(".switch input").check()
    envelope(guest).locator("input[type=range]").first.fill(str(yuan))


def test_three_phones_and_the_ladder(browser, addresses):
    phone, trainer = addresses
    wall = Guest(browser, trainer, 1920, 1080)
    assert wall.tab.url == trainer.partition("#")[0]  # nobody reads the key from the wall
    wall.tab.locator("#code", has_text="471147").wait_for()
    wall.readable()
    guests = [Guest(browser, phone, 390, 844) for _ in range(3)]
    first, second, third = guests
    first.readable()
    join(first, "Reds", code="000000")
    first.told("not the code of the class")
    join(first, "Reds")
    join(second, "reds ")
    second.told("nother team has this name")
    join(second, "Blues")
    join(third, "<b>绿</b>")
    for guest, yuan in zip(guests, (1, 2, 40), strict=True):
        guest.tab.wait_for_selector("#plan:visible")
        put(guest, yuan)
        guest.costs(r"about \d+ of 100 yuan")
    first.readable()
    for guest in guests:
        guest.tab.click("#send")
        guest.told("Handed in: ")
    wall.tab.wait_for_selector("#teams li.in >> nth=2")
    envelope(third).locator(".more").click()  # the same again, on other days
    envelope(third).locator(".days input").nth(7).check()
    envelope(third).locator("input[type=range]").nth(5).fill("200")
    third.costs("over the budget")
    third.tab.locator("#stands", has_text="Changed since").wait_for()
    third.tab.click("#send")
    third.told("more than the budget of 100 yuan")
    third.readable()
    third.tab.reload()
    envelope(third).locator(".time").nth(1).wait_for()  # what was being made is not lost
    ladder(wall, guests)
    wall.tab.click("#again")
    first.tab.wait_for_selector("#plan:visible")
    wall.tab.locator("#shop", has_text="第 2 轮").wait_for()
    wall.tab.on("dialog", lambda asked: asked.accept())
    wall.tab.locator("#teams .out").nth(1).click()
    second.tab.wait_for_selector("#join:visible")
    for one in (*guests, wall):
        one.close()


def ladder(wall, guests):
    """Close, and see places, certificates, and what phones are told."""
    wall.tab.click("#score")
    for shown in ("#again:visible", "#certificates:visible"):
        wall.tab.wait_for_selector(shown)
    rows = wall.tab.locator("#table tbody tr")
    assert rows.count() == 3
    assert sorted(rows.locator(".team").all_inner_texts()) == ["<b>绿</b>", "Blues", "Reds"]
    assert rows.locator(".waits").count() == 0
    places = rows.locator(".place").all_inner_texts()
    assert [place.endswith("tie") for place in places] == ["–" in place for place in places]
    assert wall.tab.evaluate(SMALLEST) >= 28  # from the last row
    wall.readable()
    wall.tab.click("#language")
    wall.tab.locator("#table th", has_text="名次").wait_for()
    wall.readable()
    with wall.context.expect_page() as opened:
        wall.tab.click("#certificates")
    opened.value.wait_for_load_state()
    assert opened.value.locator(".certificate").count() == 3
    for guest, team in zip(guests, ("Reds", "Blues", "<b>绿</b>"), strict=True):
        guest.tab.wait_for_selector("#result:visible")
        guest.tab.reload()
        guest.tab.locator("#result h2", has_text=team).wait_for()
        guest.tab.locator("#result", has_text=re.compile("Place .* of 3")).wait_for()
    guests[0].readable()


def test_a_card_is_set_by_keys(browser, addresses):
    guest = Guest(browser, addresses[0], 390, 844)
    join(guest, "Keys")
    guest.tab.wait_for_selector("#plan:visible")
    switch = envelope(guest).locator(".switch input")
    switch.focus()
    guest.tab.keyboard.press(" ")
    guest.tab.keyboard.press("Tab")
    guest.tab.keyboard.press("ArrowRight")
    envelope(guest).filter(has_text="11 yuan").wait_for()
    guest.close()


def talk(address):
    return connect(address.replace("http", "ws") + "talk", origin=address.rstrip("/"), max_size=None)


def test_words_in_another_encoding_end_the_talk_and_fill_no_terminal(tmp_path):
    (tmp_path / "shop.yaml").write_text(SHOP)
    command = [sys.executable, "-m", "commsim", *LINE, "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    phone, _ = addresses_of([process.stdout.readline(), process.stdout.readline()])
    with talk(phone) as line:
        line.recv()
        line.socket.sendall(Frame(Opcode.TEXT, b"\xff\xfe").serialize(mask=True))
        with pytest.raises(ConnectionClosed):
            line.recv()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=PATIENCE)
    assert (process.returncode, "Traceback" in told, "Stopped." in told) == (0, False, True)


def test_strangers_get_nothing(addresses):
    phone, _ = addresses
    with talk(phone) as line:
        hello = json.loads(line.recv())
        assert "471147" not in json.dumps(hello)
        for message in (
            {"do": "look", "key": "x"},
            {"do": "score", "key": ""},
            {"do": "start", "seed": 1},
            {"do": "cost", "token": "", "cards": [], "ask": 1},
            {"do": "hand_in", "token": "x", "cards": []},
        ):
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
     ("/kept/league.json", None, 404),
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


def test_a_killed_server_comes_back_with_all_plans(tmp_path):
    (tmp_path / "shop.yaml").write_text(SHOP)
    command = [sys.executable, "-m", "commsim", *LINE, "--out", "kept", "--no-browser", "--port", "0"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    phone, _ = addresses_of([process.stdout.readline(), process.stdout.readline()])
    with talk(phone) as line:
        line.recv()
        line.send(json.dumps({"do": "join", "team": "Reds", "code": "471147"}))
        token = json.loads(line.recv())["token"]
        cards = [{"kind": "red_envelope", "settings": {"total": 2}, "weekdays": ["mon"]}]
        line.send(json.dumps({"do": "hand_in", "token": token, "cards": cards}))
        handed = json.loads(line.recv())
        assert handed["just"]
    process.kill()
    process.wait(PATIENCE)
    process.stdout.close()
    with served(*LINE, "--out", "kept", folder=tmp_path, lines=2) as printed:
        phone, _ = addresses_of(printed)
        with talk(phone) as line:
            line.recv()
            line.send(json.dumps({"do": "mine", "token": token}))
            mine = json.loads(line.recv())
    assert {name: mine[name] for name in ("team", "cards", "cost")} == {
        name: handed[name] for name in ("team", "cards", "cost")
    }


def test_it_ends_at_once_in_the_midst_of_a_scoring(tmp_path):
    (tmp_path / "shop.yaml").write_text(SHOP.replace("members: 60,", "members: 4000,"))
    command = [sys.executable, "-m", "commsim", *LINE, "--no-browser", "--port", "0", "--worlds", "5000"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    phone, trainer = addresses_of([process.stdout.readline(), process.stdout.readline()])
    with talk(phone) as line:
        line.recv()
        for team in ("Reds", "Blues"):
            line.send(json.dumps({"do": "join", "team": team, "code": "471147"}))
            token = json.loads(line.recv())["token"]
            line.send(json.dumps({"do": "hand_in", "token": token, "cards": []}))
            assert json.loads(line.recv())["just"]
        key = trainer.partition("#")[2]
        line.send(json.dumps({"do": "look", "key": key}))
        line.send(json.dumps({"do": "score", "key": key}))
        while json.loads(line.recv()).get("done", 0) < 1:
            pass
        line.send(json.dumps({"do": "hand_in", "token": token, "cards": []}))
        while (reply := json.loads(line.recv()))["type"] != "refused":
            pass
        assert "closed" in reply["what"]["en"]
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Traceback" not in told
    assert "Stopped." in told
