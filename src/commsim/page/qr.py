"""An address as a QR code, so that a class need not type it.

Byte mode, error correction L, versions 1 to 5 (ISO/IEC 18004), whose data are one block; mask 0, which every
reader takes.
"""

from collections.abc import Iterator

_DATA = 19, 34, 55, 80, 108
_CHECK = 7, 10, 15, 20, 26
"""Codewords of data and of correction, by version."""
_FORMAT = 0b111011111000100
"""Level L and mask 0, with their own correction."""


def rows(text: str) -> list[str] | None:
    """The modules, a text of 0 and 1 a row, dark ones are 1; None where the text is too long."""
    data = text.encode()
    version = next((k for k, most in enumerate(_DATA, 1) if len(data) <= most - 2), None)
    if version is None:
        return None
    size = 17 + 4 * version
    fixed = _fixed(version, size)
    dark = dict(fixed)
    codewords = _codewords(data, _DATA[version - 1])
    bits = [
        byte >> k & 1
        for byte in codewords + _correction(codewords, _CHECK[version - 1])
        for k in range(7, -1, -1)
    ]
    for place, (x, y) in enumerate(_way(size, fixed)):
        bit = bits[place] if place < len(bits) else 0
        dark[x, y] = bool(bit) ^ ((x + y) % 2 == 0)
    return ["".join("01"[dark[x, y]] for x in range(size)) for y in range(size)]


def _codewords(data: bytes, most: int) -> bytes:
    number = int.from_bytes(bytes([len(data)]) + data) | 4 << 8 * (len(data) + 1)  # mode, length, text
    packed = (number << 4).to_bytes(len(data) + 2)  # and the end
    return packed + bytes((0xEC, 0x11)[k % 2] for k in range(most - len(packed)))


def _times(one: int, other: int) -> int:
    """The product in the field of 256."""
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product


def _correction(data: bytes, number: int) -> bytes:
    """Reed and Solomon's: what is left of the data divided by the generator."""
    generator, root = [0] * (number - 1) + [1], 1
    for _ in range(number):
        for k in range(number):
            more = generator[k + 1] if k + 1 < number else 0
            generator[k] = _times(generator[k], root) ^ more
        root = _times(root, 2)
    left = [0] * number
    for byte in data:
        factor = byte ^ left[0]
        left = [one ^ _times(each, factor) for one, each in zip([*left[1:], 0], generator, strict=True)]
    return bytes(left)


def _fixed(version: int, size: int) -> dict[tuple[int, int], bool]:
    """What is the same whatever the text: marks in the corners, lines between them, and the format."""
    found: dict[tuple[int, int], bool] = {}
    for k in range(size):
        found[6, k] = found[k, 6] = k % 2 == 0
    for a, b in ((3, 3), (size - 4, 3), (3, size - 4)):
        for x in range(max(0, a - 4), min(size, a + 5)):
            for y in range(max(0, b - 4), min(size, b + 5)):
                found[x, y] = max(abs(x - a), abs(y - b)) not in (2, 4)
    if version > 1:
        at = size - 7
        for x in range(at - 2, at + 3):
            for y in range(at - 2, at + 3):
                found[x, y] = max(abs(x - at), abs(y - at)) != 1
    for k in range(15):
        bit = bool(_FORMAT >> k & 1)
        first = (8, k) if k < 6 else (8, k + 1) if k < 8 else (7, 8) if k == 8 else (14 - k, 8)
        second = (size - 1 - k, 8) if k < 8 else (8, size - 15 + k)
        found[first] = found[second] = bit
    found[8, size - 8] = True
    return found


def _way(size: int, fixed: dict[tuple[int, int], bool]) -> Iterator[tuple[int, int]]:
    """Free places in the order of the bits: up and down in columns of two, from the right."""
    up = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for step in range(size):
            y = size - 1 - step if up else step
            for x in (right, right - 1):
                if (x, y) not in fixed:
                    yield x, y
        up = not up
