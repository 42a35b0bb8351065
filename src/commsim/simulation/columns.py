"""Where each column lies in its block: rows of the matrices that kernels take.

Kernels get columns of one type as one matrix (a few arrays instead of seventy: they compile and start
several times faster) and name the row: ``people.reals[c.ACTIVITY, i]``.  What the columns mean is told
at `state.People` and `scratch.Out`, in the same order.
"""

# people.traits, in the order of commsim.population.people.TRAITS
TALK_RATE, ELASTICITY, LAPSE, SHARE, TOLERANCE, SOCIABILITY, HABIT_SPEED, FLUENCY, TRUST_BASE = range(9)
# people.reals
BUY_RATE, RATE, KEEP, ACTIVITY, TRUST, VALUE, FATIGUE, ANNOYANCE, REFERENCE, NEED = range(10)
# people.counts
GROUP, ORDERS, MESSAGES, POINTS, INVITER, PARTNER = range(6)
# people.shorts
JOINED, DUE, RECRUITS = range(3)
# people.tiny
SLOT, SEGMENT, STATUS, BUYS, JOIN_CAUSE = range(5)
# people.bits
LOOKS, ASKED = range(2)

# out.reals
GAIN, CHANCE = range(2)
# out.flags
CAUGHT, BOUGHT, TEAMED = range(3)
# out.rows
LOOKERS, LEAVERS, MUTERS, CHECKERS, QUEUE, INVITED, ORDER_PERSON = range(7)
# out.shorts
ORDER_SALE, ORDER_RUNG, ORDER_PRODUCT, ORDER_CAUSE = range(4)
# out.by_group
STARTS, SOLD, MUTED_IN, LEFT_IN, ORDERS_IN, REVENUE_IN = range(6)
# out.tally
N_ORDERS, N_TEAMS, N_FAILED, N_INVITED, N_LEFT, N_MUTED, N_LOOKERS, N_CATCHES, N_CHECKED, N_WRITERS = range(
    10
)

# notices
POSTS, EMPTY, DEALS, PRICE, CONTENT, NEW_TOPICS, NEW_TRUST, RULES = range(8)
