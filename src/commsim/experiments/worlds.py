"""The worlds in which points and plans are run: each is a seed."""

import numpy as np

from commsim.core.luck import key, salt


def world_seed(seed: int, world: int) -> int:
    """Seed of a world (52 bits, so that JSON keeps it), from the root seed and the world's number."""
    return int(key(seed, 0, world, salt("world")) >> np.uint64(12))
