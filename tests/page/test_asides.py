"""What nobody waits for is answered beside what people do, and dropped when they change the plans."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from test_session import Line

from commsim.page.messages import read_message
from commsim.page.server import Asides
from waiting import PATIENCE

JUDGE = read_message('{"do": "judge"}')
OUTLOOK = read_message('{"do": "outlook", "panel": 0}')


class Slow:
    """A session that answers when it is told to."""

    def __init__(self):
        self.turn, self.asked, self.go = 0, [], asyncio.Event()

    async def answer(self, message):
        self.asked.append(message.do)
        await self.go.wait()
        yield {"type": message.do}


def sent(play):
    """What goes out while ``play`` acts on the asides and their session."""

    async def run():
        line, session = Line(), Slow()
        asides = Asides(line, session)
        await play(asides, session)
        for _ in range(20):
            await asyncio.sleep(0)
        asides.close()
        return [json.loads(json.dumps(one))["type"] for one in line.sent], session.asked

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, run()).result(timeout=PATIENCE)


def test_one_after_the_other_in_the_order_of_asking():
    async def play(asides, session):
        asides.take(OUTLOOK)
        asides.take(JUDGE)
        await asyncio.sleep(0)
        assert session.asked == ["outlook"]
        session.go.set()

    assert sent(play) == (["outlook", "judge"], ["outlook", "judge"])


def test_answers_about_plans_that_are_others_by_now_are_dropped():
    async def play(asides, session):
        asides.take(OUTLOOK)
        asides.take(JUDGE)
        await asyncio.sleep(0)
        session.turn += 1
        session.go.set()

    assert sent(play) == ([], ["outlook"])


def test_who_goes_away_is_not_answered():
    async def play(asides, session):
        asides.take(OUTLOOK)
        await asyncio.sleep(0)
        asides.close()
        session.go.set()

    assert sent(play) == ([], ["outlook"])
