"""What other parties get of a day's orders and bear of its costs, settled with the shop every evening."""

from commsim.core.effects import Account
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.parties import PARTIES, ROLES
from commsim.scenario.parties import Party
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.parcels import Parcels

_PAID = Account.SALES, Account.DISCOUNT, Account.REFUNDS


class Settlement(Mechanics):
    """The shop's books hold the whole trade; of each day they give others their part, less what these bear.

    So the shop, the others and who is paid by them have together what the trade has brought, to the fen.
    """

    declared = PARTIES

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        assert home.scenario.parties is not None
        self._named = home.scenario.parties.named()
        self._operator = len(home.books.causes) - 1
        usual = any(party.of_usual for party in self._named.values())
        self._parcels, self._returned = Parcels(home) if usual else None, 0

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Note the usual price of what has come bad."""
        arrived = self._parcels.evening(day) if self._parcels else None
        usual = self.home.state.goods.usual
        self._returned = 0 if arrived is None else int(usual[arrived.products[arrived.bad]].sum())
        return {}

    def reckon(self, day: int) -> dict[str, int]:
        """Settle with each, once all else of the day is in the books."""
        books = self.home.books
        paid = sum(books.booked_today(account) for account in _PAID)
        usual = books.booked_today(Account.SALES) - self._returned
        found = dict.fromkeys((column.name for column in PARTIES.daily), 0)
        for role in ROLES:
            if (party := self._named.get(role)) is not None:
                gets = round(usual * party.of_usual) + round(paid * party.of_paid)
                found[f"{role}_gets"], found[f"{role}_bears"] = gets, self._borne(party)
                if fen := gets - found[f"{role}_bears"]:
                    books.charge(Account.PARTIES, self._operator, fen)
        return found

    def _borne(self, party: Party) -> int:
        """Fen of today's costs and discounts."""
        books = self.home.books
        costs = -sum(books.booked_today(Account(name)) for name in party.bears)
        discounts = -books.booked_today(Account.DISCOUNT) if party.discounts else 0
        return costs + round(discounts * party.discounts)
