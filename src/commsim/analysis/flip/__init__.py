"""What would have to be true for the other plan to win.

`flip` is the one function; `Flip` is what it answers with.
"""

from commsim.analysis.flip.find import flip
from commsim.analysis.flip.result import Flip

__all__ = ["Flip", "flip"]
