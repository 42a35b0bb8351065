"""Sweeps that make their runs in this process, where starting another would tell nothing more."""

from commsim.experiments.pool import Pool


class Here:
    """In place of a pool: every run in this process, in the order of the plan."""

    def __init__(self, function, shared, workers=None, **more):
        self._function, self._shared = function, shared

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def stream(self, tasks):
        for number in range(len(tasks)):
            yield number, self._function(self._shared, tasks[number])


def pool(function, shared, workers=None, **more):
    """A pool of several processes, or this process where one worker was asked for."""
    return (Here if workers == 1 else Pool)(function, shared, workers, **more)
