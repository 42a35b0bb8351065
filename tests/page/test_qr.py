"""Addresses as QR codes."""

import hashlib

from commsim.page import qr
from commsim.page.qr import rows

ADDRESS = "http://192.168.178.123:8765/"


def codewords(found):
    """What a reader takes from the modules."""
    size = len(found)
    fixed = qr._fixed((size - 17) // 4, size)
    bits = [int(found[y][x]) ^ ((x + y) % 2 == 0) for x, y in qr._way(size, fixed)]
    return [sum(bit << 7 - k for k, bit in enumerate(bits[i : i + 8])) for i in range(0, len(bits) - 7, 8)]


def test_it_is_what_another_maker_makes():
    told = "\n".join(rows("A" * 17)).encode()  # full, so that nothing is left to the maker; by segno 1.6
    assert hashlib.sha256(told).hexdigest()[:32] == "ddb3d2002659803966e0b46de5e6e090"


def test_the_address_is_read_back():
    found = rows(ADDRESS)
    assert len(found) == 25
    first, second, *more = codewords(found)
    assert first >> 4 == 4  # bytes
    assert (first & 15) << 4 | second >> 4 == len(ADDRESS)
    told = [second, *more]
    text = bytes((told[k] & 15) << 4 | told[k + 1] >> 4 for k in range(len(ADDRESS)))
    assert text.decode() == ADDRESS


def test_what_is_read_is_divided_by_the_generator():
    for text in (ADDRESS, "x", "y" * 100):
        read = codewords(rows(text))
        check = qr._CHECK[(len(rows(text)) - 17) // 4 - 1]
        root = 1
        for _ in range(check):
            value = 0
            for word in read:
                value = qr._times(value, root) ^ word
            assert value == 0
            root = qr._times(root, 2)


def test_what_is_too_long_has_none():
    assert rows("z" * 106) is not None
    assert rows("z" * 107) is None
