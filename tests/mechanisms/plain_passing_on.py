"""The rules of what promoters pass on once more, person by person."""

import numpy as np
from plain_bait import draw

from commsim.core.effects import Account
from commsim.core.view import MEMBER


class PlainPassingOn:
    """Each who was brought knows their promoter, who knows whether they pass something on."""

    def __init__(self, model):
        self.model, self.b, self.terms = model, model.p.passing_on, {}

    def morning(self):
        self.orders = self.passed = 0
        self.cuts = []

    def dial(self):
        pass

    close = dial

    def _passon(self, effect, cause):
        self.terms[cause] = effect

    def midday(self):
        for cause, terms in self.terms.items() if not self.model.shut else ():
            for_whom = {p.row for p in self.model.people if self._pays_less(p, cause, terms)}
            if for_whom and terms.rate * terms.part > 0.0:
                self.cuts.append(Off(cause, terms, for_whom))
        self.model.cuts += self.cuts

    def _pays_less(self, person, cause, terms):
        if person.join_cause != cause or person.status != MEMBER or person.inviter < 0:
            return False
        if self.model.day - person.joined >= terms.days:
            return False
        by, salt = self.model.people[person.inviter], self.model.salts[cause]
        lot = draw(self.model, "passing on, which promoters do", by.row, 0, salt)
        return by.status == MEMBER and lot < self.b.willing

    def told(self):
        for order in self.model.orders:
            fen = order.before_cuts
            for cut in () if order.added else self.model.cuts:
                off, cause = cut(order.person, fen, order.product, order.cause != self.model.shelf_cause)
                fen -= off
                if cut in self.cuts and off:
                    self._pay(order, min(off, int(np.rint(order.fen * cut.terms.rate))), cause)
        return {}

    def _pay(self, order, fen, cause):
        if fen:
            self.orders, self.passed = self.orders + 1, self.passed + fen
            self.model.enter(Account.PASSED_ON, cause, fen, self.model.people[order.person.inviter])

    def numbers(self):
        return {"passed_orders": self.orders, "promoters_passed_on": self.passed}


class Off:
    """What the people of willing promoters pay less, to the next fen; a fen is the least."""

    def __init__(self, cause, terms, for_whom):
        self.cause, self.terms, self.for_whom = cause, terms, for_whom

    def __call__(self, person, fen, product, on_sale):
        share = self.terms.rate * self.terms.part
        share /= 1.0 + share
        off = min(fen - int(np.floor(fen * (1.0 - share) + 0.500001)), fen - 1)
        return (off if person.row in self.for_whom else 0), self.cause
