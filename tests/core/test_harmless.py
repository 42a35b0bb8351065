"""Orders in other people's texts are shown and not obeyed."""

import json
import unicodedata

import pytest
from markupsafe import Markup

from commsim.core.harmless import for_csv, for_html, for_terminal, is_plain

ORDERS = [
    chr(code)
    for code in range(0x110000)
    if unicodedata.category(chr(code)) in ("Cc", "Cs", "Zl", "Zp")
    or unicodedata.bidirectional(chr(code)) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    or chr(code) in "\u061c\u200e\u200f"
]
FINE = "活跃群 👩‍👩‍👧 naïve עברית 5 % <b> 'x' ＝"


def test_every_order_is_written_out_and_nothing_else_is():
    assert len(ORDERS) > 2_100
    for order in ORDERS:
        assert not is_plain(f"a{order}b")
        shown = for_terminal(f"a{order}b")
        assert shown == (f"a{order}b" if order in "\n\t" else f"a\\u{ord(order):04x}b")
        assert json.loads(f'"{shown}"' if order not in "\n\t" else '"ab"') in (f"a{order}b", "ab")
    assert is_plain(FINE)
    assert for_terminal(FINE) == FINE


def test_json_stays_the_same_json():
    data = {"a": " ".join(ORDERS), "b": [1.5, None, FINE]}
    text = for_terminal(json.dumps(data, ensure_ascii=False, indent=2))
    assert json.loads(text) == data
    text.encode()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86",
        "-cmd",
        "@sum(1)",
        "\tx",
        "\r=x",
        "\n=x",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        " =1",
        "\u3000=1",
    ],
)
def test_formulas_become_texts(text):
    assert for_csv(text) == "'" + text


def test_numbers_stay_numbers_and_texts_texts():
    for value in (-1.5, 0, True, None, FINE, "1 = 1", ""):
        assert for_csv(value) is value or for_csv(value) == value
    assert for_csv("\x1b[31m\udcff") == "\\u001b[31m\\udcff"


def test_markup_is_text_unless_it_is_our_own():
    assert for_html('<b a="\'">\u202e&') == Markup("&lt;b a=&#34;&#39;&#34;&gt;\\u202e&amp;")
    assert for_html(Markup("<b>x</b>")) == Markup("<b>x</b>")
    assert for_html(-1.5) == Markup("-1.5")
