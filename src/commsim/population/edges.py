"""Friendships from a file: an edge list in text, or GraphML."""

import io
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.errors import InputError
from commsim.population.files import Source, read_bytes, read_text, unusable
from commsim.population.graph import Ties
from commsim.population.tables import parse

if TYPE_CHECKING:
    import pandas as pd

_log = logging.getLogger(__name__)
_HEADERS = {"from", "to", "source", "target", "src", "dst", "a", "b", "id1", "id2", "node1", "node2"}
_COMMENTS = ("#", "%")


def read_edges(source: Source, known: Sequence[str] | None = None) -> tuple[tuple[str, ...], Ties]:
    """Ids of the persons and rows of the two persons of every tie, loops left out.

    known: ids of all persons, whose order gives the rows; without it the persons are the nodes of the
    file in order of appearance.  Raises InputError for unknown ids and for what is no edge list.
    """
    import pandas as pd

    graphml = source.path.name.endswith((".graphml", ".graphml.gz", ".xml"))
    nodes, pairs = _graphml(source) if graphml else ((), _edge_list(source))
    if known is None:
        named = (pd.Series(nodes, dtype=str), *(pairs[side] for side in pairs.columns))
        known = tuple(pd.concat(named).unique().tolist())
    rows = np.stack([pd.Index(known).get_indexer(pd.Index(pairs[side])) for side in pairs.columns])
    _refuse_strangers(source, pairs, rows)
    loops = int(np.count_nonzero(rows[0] == rows[1]))
    if loops:
        _log.info("%s: %d ties of a person to the same person are left out", source.path, loops)
    return tuple(known), (rows[0], rows[1])


def _graphml(source: Source) -> "tuple[tuple[str, ...], pd.DataFrame]":
    import networkx as nx
    import pandas as pd

    raw = read_bytes(source)
    try:
        graph = nx.read_graphml(io.BytesIO(raw), node_type=str)
    except Exception as error:  # the readers of XML and of NetworkX tell of damage in many ways
        raise unusable(source, f"is not GraphML ({error})", "export the graph anew") from None
    return tuple(graph), pd.DataFrame(list(graph.edges()), columns=[0, 1], dtype=str)


def _edge_list(source: Source) -> "pd.DataFrame":
    """The first two columns of a text file, with or without a header, as text; indexed by line."""
    import pandas as pd

    text = read_text(source)
    lead = 0
    while text.startswith(_COMMENTS, lead):
        lead = text.find("\n", lead) + 1 or len(text)
    first = text[lead:].split("\n", 1)[0].strip()
    pairs = parse(source, text[lead:], separator=max(",\t; ", key=first.count), header=None)
    if pairs.shape[1] < 2 or pairs.empty:
        raise InputError(
            "is not an edge list", where=str(source.path), remedy="write two ids per line, as a,b"
        )
    pairs = pd.DataFrame({side: pairs[side].str.strip() for side in (0, 1)})
    pairs.index += 1 + text.count("\n", 0, lead)
    pairs = pairs.iloc[1:] if _has_header(pairs) else pairs
    half = pairs.index[(pairs == "").any(axis=1)]
    if len(half):
        raise InputError(
            "a tie needs two ids", where=f"{source.path}:{half[0]}", remedy="fill in both or drop the line"
        )
    return pairs


def _has_header(pairs: "pd.DataFrame") -> bool:
    """Whether the first line names columns: by a usual name, or as words above numbers."""
    import pandas as pd

    if pairs.iloc[0].str.lower().isin(_HEADERS).any():
        return True
    numbers = pairs.iloc[:2].apply(pd.to_numeric, errors="coerce").notna().all(axis=1)
    return len(pairs) > 1 and not numbers.iloc[0] and bool(numbers.iloc[1])


def _refuse_strangers(source: Source, pairs: "pd.DataFrame", rows: Ints) -> None:
    """Ids of a tie that are nobody's are an error: the graph would silently lose friends."""
    strange = rows < 0
    if not strange.any():
        return
    ids = list(dict.fromkeys(pairs.to_numpy()[strange.T]))
    line = pairs.index[int(np.argmax(strange.any(axis=0)))]
    raise InputError(
        f"{len(ids):,} ids are not among the members: {', '.join(map(repr, ids[:5]))}",
        where=f"{source.path}:{line}",
        remedy="add them to the roster (without a group if they are outside) or drop their ties",
    )
