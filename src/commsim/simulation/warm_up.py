"""The first run after installation compiles the kernels; this does it beforehand, once for many processes."""

import threading
from collections.abc import Callable
from functools import cache

MESSAGE = "loading the simulator; once after installation it is compiled, for about half a minute ..."
_PATIENCE = 2.0  # seconds; loading what was compiled before takes less


def warm_up(say: Callable[[str], None]) -> None:
    """Compile or load all kernels; ``say`` is called with a message if that takes longer than 2 s."""
    timer = threading.Timer(_PATIENCE, say, (MESSAGE,))
    timer.daemon = True
    timer.start()
    try:
        from commsim.core.compiled import telling_damage
        from commsim.scenario.schema import Community, Product, Scenario
        from commsim.simulation.run import simulate

        tiny = Community(members=4, group_size=2)
        product = Product.model_validate({"name": "thing", "price": 1, "unit_cost": 0})
        with telling_damage():
            simulate(Scenario(name="warm-up", days=1, community=tiny, products=(product,)))
    finally:
        timer.cancel()


@cache
def prepare_engine() -> None:
    """Compile the simulator, unless a process on this machine has done so or is at it; then wait for that."""
    from filelock import FileLock

    from commsim.core.compiled import cache_folder

    folder = cache_folder()
    if folder is None or (folder / "complete").exists():
        return
    with FileLock(folder / "compiling.lock"):
        if not (folder / "complete").exists():
            warm_up(lambda message: None)
            (folder / "complete").touch()
