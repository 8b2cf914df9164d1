"""The XML of pages has the bytes that lxml would write."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from layout.export.page_markup import Element, Form, as_text, as_value, child, element, serialize
from layout.export.xml import legal

_CHARACTERS = st.sampled_from("a1 é سن\U0001f5de&<>\"'\t\n\r\x7f\u00a0\u2028")
_VALUES = st.text(_CHARACTERS, max_size=4)
_NAMES = st.sampled_from(("Word", "Line", "id", "points"))
_TREES = st.recursive(
    st.tuples(_NAMES, st.dictionaries(_NAMES, _VALUES, max_size=2), st.none() | _VALUES, st.just(())),
    lambda inner: st.tuples(
        _NAMES, st.dictionaries(_NAMES, _VALUES, max_size=2), st.none(), st.lists(inner, max_size=3)
    ),
    max_leaves=8,
)


def _ours(parent, tree):
    name, attributes, text, inner = tree
    made = child(parent, name, attributes, text)
    for one in inner:
        _ours(made, one)


def _lxml(parent, tree):
    name, attributes, text, inner = tree
    made = etree.SubElement(parent, name, attributes)
    made.text = text
    for one in inner:
        _lxml(made, one)


@given(_TREES, st.booleans())
def test_bytes_are_those_of_lxml(tree, pretty):
    ours, other = element("Page", {"id": "p1"}, pretty=pretty), etree.Element("Page", {"id": "p1"})
    _ours(ours, tree)
    _lxml(other, tree)
    if pretty:
        etree.indent(other)
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    assert serialize(ours) == head + etree.tostring(other, encoding="UTF-8", xml_declaration=False) + b"\n"


@given(_VALUES, _VALUES, st.booleans())
def test_a_filled_form_is_the_element_it_stands_for(name, text, pretty):
    """A number is cut to a whole one; a form stands at any depth."""
    laid_out = Element("Word", {"id": "%s"})
    laid_out.add("Coords", {"x": "%d"})
    laid_out.add("Unicode", {}, "%s")
    form = Form(laid_out)
    filled, built = (element("Page", {}, pretty=pretty) for _ in range(2))
    for depth in range(2):
        filled.fill(form, (as_value(name), 7.9, as_text(text)))
        made = built.add("Word", {"id": name})
        made.add("Coords", {"x": "7"})
        made.add("Unicode", {}, text)
        if not depth:
            filled, built = filled.add("Region", {}), built.add("Region", {})
    assert serialize(filled) == serialize(built)


@given(st.text(), st.text(), st.lists(st.tuples(st.text(), st.text()), max_size=3), st.booleans())
def test_any_text_gives_well_formed_xml_that_says_it(name, text, words, pretty):
    """Whatever characters there are, surrogates and controls too; but for those that XML cannot hold."""
    laid_out = Element("Word", {"id": "%s"})
    laid_out.add("Unicode", {}, "%s")
    form = Form(laid_out)
    root = element("Page", {"id": name}, pretty=pretty)
    child(root, "Text", text=text)
    for id_, said in words:
        root.fill(form, (as_value(id_), as_text(said)))
    read = etree.fromstring(serialize(root))
    assert read.get("id") == legal(name)
    assert (read[0].text or "") == legal(text)
    assert [(one.get("id"), one[0].text or "") for one in read[1:]] == [
        (legal(one), legal(other)) for one, other in words
    ]


def test_what_xml_cannot_hold_is_left_out():
    root = element("Page", {"id": "a\x00b", "not": None}, pretty=False)
    child(root, "Unicode", text="c\ufffed")
    root.fill(Form(Element("Word", {"id": "%s"})), (as_value("e\x1bf"),))
    assert serialize(root).endswith(b'<Page id="ab"><Unicode>cd</Unicode><Word id="ef"/></Page>\n')
    assert legal("c\ufffed") == "cd"
