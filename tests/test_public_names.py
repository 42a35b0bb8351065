"""``import commsim`` is cheap, and its public names are documented and those that it lists."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import commsim


def test_the_import_loads_nothing_but_the_standard_library():
    code = "import sys, commsim; print(sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ast.literal_eval(done.stdout)) - set(sys.stdlib_module_names)
    assert not loaded & {"numpy", "numba", "pydantic", "pandas", "scipy", "mesa", "networkx", "yaml"}
    assert "commsim" in loaded


@pytest.mark.parametrize("name", commsim.__all__)
def test_each_name_is_there_and_documented(name):
    assert name in dir(commsim)
    assert len(getattr(commsim, name).__doc__) > 20


def test_type_checkers_see_the_same_objects():
    tree = ast.parse(Path(commsim.__file__).read_text(encoding="utf-8"))
    (guarded,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert set(seen) == set(commsim.__all__)
    for name, (module, there) in seen.items():
        assert getattr(commsim, name) is getattr(sys.modules[module], there)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        _ = commsim.simulat
