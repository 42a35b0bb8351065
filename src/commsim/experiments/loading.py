"""Many processes, one compiler: the first compiles the simulator, the others wait and load what it made."""

from functools import cache


@cache
def prepare_engine() -> None:
    """Compile the simulator, unless a process on this machine has done so or is at it; then wait for that."""
    from filelock import FileLock

    from commsim.core.compiled import cache_folder
    from commsim.simulation.warm_up import warm_up

    folder = cache_folder()
    if folder is None or (folder / "complete").exists():
        return
    with FileLock(folder / "compiling.lock"):
        if not (folder / "complete").exists():
            warm_up(lambda message: None)
            (folder / "complete").touch()
