"""How somebody decides on an offer that is paid ahead, person by person."""

from commsim.core.maths import exp, log


def fen_a_day(model, person):
    """What they spend a day by themselves, at usual prices."""
    shares, factor = [person.likes(k) for k in range(len(model.plan.products))], 0.0
    on_shelf = [x if product.shelf else 0.0 for x, product in zip(shares, model.plan.products, strict=True)]
    factor, total = max(on_shelf), sum(on_shelf)
    price = below = so_far = 0.0
    for x, product in zip(on_shelf, model.plan.products, strict=True):
        so_far += x
        price += (so_far / (total or 1.0) - below) * product.price
        below = so_far / (total or 1.0)
    return person.rate * (factor * price)


def chance_of_yes(person, b, worth, price):
    """Even odds where it is worth its price."""
    if worth <= 0.0:
        return 0.0
    return 1.0 / (1.0 + exp(-(b.steepness * log(worth / price) + b.trust * person._more_trusting())))
