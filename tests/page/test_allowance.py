"""How often something may be done."""

from commsim.page.allowance import Allowance, Allowances


def test_so_many_at_once_and_then_one_after_each_pause():
    clock = [0.0]
    allowance = Allowance(3, 5.0, lambda: clock[0])
    assert [allowance.take() for _ in range(5)] == [True, True, True, False, False]
    clock[0] = 4.9
    assert not allowance.is_left
    clock[0] = 5.0
    assert [allowance.take() for _ in range(2)] == [True, False]
    clock[0] = 1000.0  # who waits long has no more than at first
    assert [allowance.take() for _ in range(4)] == [True, True, True, False]


def test_each_address_has_its_own_and_no_more_are_remembered_than_fit():
    allowances = Allowances(1, 5.0)
    assert allowances.of("a").take()
    assert not allowances.of("a").take()
    assert allowances.of("b").take()
    for k in range(600):
        allowances.of(f"address {k}")
    assert len(allowances._known) <= 512
    assert allowances.of("a").is_left  # forgotten, so that memory has an end
