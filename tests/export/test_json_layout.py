"""JSON laid out is what the standard library makes of it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from layout.export.json_layout import laid_out

_PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_VALUES = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(_VALUES)
def test_as_the_standard_library(value: object) -> None:
    assert laid_out(value) == json.dumps(value, ensure_ascii=False, indent=1)
