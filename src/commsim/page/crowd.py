"""Who looks at a live league, and what each of them is shown."""

import asyncio
from contextlib import suppress
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from commsim.page.classroom import Classroom
from commsim.page.house import TRY_LATER, send
from commsim.page.rounds import Round

_SLOW = 5.0
"""Seconds in which a visitor has to take what all are told."""


class Crowd:
    """Visitors: trainers' pages, and phones by the token of their team."""

    def __init__(self) -> None:
        self.trainers: set[WebSocket] = set()
        self.phones: dict[WebSocket, str] = {}

    def leave(self, socket: WebSocket) -> None:
        """Tell them nothing any more."""
        self.trainers.discard(socket)
        self.phones.pop(socket, None)

    async def tell_trainers(self, reply: dict[str, Any]) -> None:
        """Send the same to all trainers' pages."""
        await self.tell(dict.fromkeys(self.trainers, reply))

    async def tell(self, replies: dict[WebSocket, dict[str, Any]]) -> None:
        """Send to each what is theirs; who does not take it in time is left out, and may come back."""
        await asyncio.gather(*(self._send(socket, reply) for socket, reply in replies.items()))

    async def _send(self, socket: WebSocket, reply: dict[str, Any]) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):  # gone already
            try:
                await asyncio.wait_for(send(socket, reply), _SLOW)
            except TimeoutError:
                self.leave(socket)
                with suppress(TimeoutError):
                    await asyncio.wait_for(socket.close(TRY_LATER), _SLOW)


def of_team(room: Classroom, played: Round | None, token: str) -> dict[str, Any]:
    """All that a phone shows of its team; without a name if it is of none."""
    team = room.teams.get(token)
    if team is None:
        return {"type": "mine", "team": None}
    return {
        "type": "mine",
        "token": token,
        "team": team.name,
        "cards": None if team.cards is None else [one.model_dump() for one in team.cards],
        "cost": team.price and team.price.plain(),
        "closed": room.closed,
        "round": room.number,
        "result": played and played.results.get(token),
    }


def of_class(room: Classroom, played: Round | None) -> dict[str, Any]:
    """All that the trainer's page shows."""
    return {
        "type": "class",
        "teams": [{"name": team.name, "in": team.plan is not None} for team in room.teams.values()],
        "round": room.number,
        "closed": room.closed,
        "busy": played is not None and played.busy,
        "progress": played and played.progress,
        "ladder": played and played.ladder,
    }
