"""What a paper looks like: one record, drawn from a seeded source, and the variables of its style sheet."""

from __future__ import annotations

import random
from dataclasses import dataclass

_MM = 96 / 25.4  # CSS pixels a millimetre
_PT = 96 / 72

#: families for text and for headlines, all from Debian's font packages (see the package's docstring)
_FONTS: dict[str, tuple[list[str], list[str]]] = {
    "fa": (
        ["Nazli", "Nazli", "Homa", "Noto Naskh Arabic", "Scheherazade"],
        ["Titr", "Homa", "Nazli", "Noto Naskh Arabic"],
    ),
    "ar": (
        ["Amiri", "KacstBook", "Scheherazade", "Noto Naskh Arabic"],
        ["KacstTitle", "Amiri", "Noto Naskh Arabic"],
    ),
    "en": (
        ["Liberation Serif", "EB Garamond", "Linux Libertine O", "C059", "Nimbus Roman", "URW Bookman"],
        ["Liberation Serif", "Nimbus Sans Narrow", "C059", "Linux Libertine Display O", "Nimbus Roman"],
    ),
    "de": (
        ["Liberation Serif", "Linux Libertine O", "C059", "P052"],
        ["Liberation Serif", "Nimbus Sans Narrow", "C059", "P052"],
    ),
    "Latf": (["Blankenburg_UNZ1A"], ["Blankenburg_UNZ1A"]),
    "he": (["Noto Serif Hebrew", "Noto Sans Hebrew"], ["Noto Serif Hebrew", "Noto Sans Hebrew"]),
}
#: line pitch over type size: the range that the family's ascenders and descenders leave
_LEADING = {
    "Nazli": (1.3, 1.55), "Homa": (1.35, 1.6), "Noto Naskh Arabic": (1.6, 1.8), "Amiri": (1.5, 1.75),
    "Scheherazade": (1.35, 1.6), "KacstBook": (1.35, 1.6),
}  # fmt: skip
_SIZES = {"fa": (9, 11.5), "ar": (9, 12), "he": (8, 10), "en": (7.2, 9.5), "de": (7.5, 9.8)}
_SHEETS = ((230, 310), (260, 370), (285, 410), (315, 470), (340, 500), (380, 560))
RTL = ("fa", "ar", "he")

QUOTES = ("rules", "mark", "tint", "indent", "bold", "italic", "plain", "bar")
BOXES = ("frame", "tint", "dark", "hairline", "rules")
QUESTIONS = ("bold", "bullet", "named", "plain")


@dataclass(frozen=True)
class Design:
    """The dress of a paper. Lengths are CSS pixels (96 to the inch), shares are of the type size."""

    lang: str
    fraktur: bool
    width: int
    height: int
    margin: tuple[float, float, float, float]
    columns: int
    gutter: float
    body: str
    head: str
    size: float
    pitch: float
    justified: bool
    indent: float
    spacing: float
    ruled: float
    area_rules: str
    headline: str
    headline_weight: int
    headline_size: float
    quote: str
    box: str
    question: str
    extra_leading: bool
    answer_indent: float
    crosshead: str
    byline_at: str
    caps: bool
    western: bool
    folio: str
    folio_form: int
    ad: str
    paper: str

    @property
    def rtl(self) -> bool:
        return self.lang in RTL

    @property
    def direction(self) -> str:
        return "rtl" if self.rtl else "ltr"


def draw_design(lot: random.Random, lang: str, fraktur: bool = False) -> Design:
    """A design for a language, everything in it drawn."""
    bodies, heads = _FONTS["Latf" if fraktur else lang]
    body, head = lot.choice(bodies), lot.choice(heads)
    size = lot.uniform(*_SIZES[lang]) * _PT * (1.12 if fraktur else 1)
    low, high = _LEADING.get(body, (1.14, 1.32))
    wide, tall = lot.choice(_SHEETS)
    side = lot.uniform(9, 18) * _MM
    inner = wide * _MM - 2 * side
    gutter = lot.uniform(0.9, 1.9) * size
    # a line of 12.5 to 27 type sizes: papers have no narrower or wider columns
    least, most = inner / (27 * size), inner / (12.5 * size)
    columns = lot.randint(max(2, round(least)), max(2, min(9, int(most))))
    return Design(
        lang=lang,
        fraktur=fraktur,
        width=round(wide * _MM),
        height=round(tall * _MM),
        margin=(lot.uniform(8, 14) * _MM, side, lot.uniform(9, 15) * _MM, side),
        columns=columns,
        gutter=gutter,
        body=body,
        head=head,
        size=size,
        pitch=round(size * lot.uniform(low, high), 2),
        justified=lot.random() < 0.75,
        indent=lot.choice((0, 1, 1, 1.5, 2)),
        spacing=lot.choice((0, 0, 0, 0.5)),
        ruled=lot.choice((0, 0, 0.7, 1, 1.3)),
        area_rules=lot.choice(("none", "thin", "thin", "thick", "double")),
        headline=lot.choice(("start", "center", "center")),
        headline_weight=lot.choice((400, 700, 700, 700)),
        headline_size=lot.uniform(0.8, 1.3),
        quote=lot.choice(QUOTES),
        box=lot.choice(BOXES),
        question=lot.choice(QUESTIONS),
        extra_leading=lot.random() < 0.5,
        answer_indent=lot.choice((0, 0, 1.2)),
        crosshead=lot.choice(("bold", "center", "italic", "sans")),
        byline_at=lot.choice(("head", "head", "foot", "none")),
        caps=lot.random() < 0.4 and lang in ("en", "de"),
        western=lot.random() < 0.3,
        folio=lot.choice(("outer-top", "inner-top", "centre-top", "outer-foot", "centre-foot")),
        folio_form=lot.randrange(6),
        ad=lot.choice(("single", "double", "heavy", "round")),
        paper=lot.choice(("#fff", "#fff", "#fbf8f0")),
    )


def variables(d: Design) -> str:
    """The CSS variables of a design, which `style.css` dresses the pages by."""
    tight = d.pitch / d.size * (0.92 if d.lang in ("fa", "ar") else 0.9)
    values = {
        "paper": d.paper,
        "body": f"'{d.body}'",
        "head": f"'{d.head}'",
        "size": f"{d.size:.3f}px",
        "pitch": f"{d.pitch}px",
        "tight": f"{tight:.3f}",
        "align": "justify" if d.justified else "start",
        "indent": f"{d.indent * d.size if d.spacing == 0 else 0:.2f}px",
        "spacing": f"{d.spacing * d.pitch:.2f}px",
        "extra": f"{d.pitch / 2 if d.extra_leading else 0:.2f}px",
        "answer": f"{d.answer_indent * d.size:.2f}px",
        "answer-indent": f"{0 if d.extra_leading else d.indent * d.size:.2f}px",
        "head-weight": str(d.headline_weight),
        "head-size": f"{d.headline_size * d.size:.3f}px",
        "head-align": d.headline,
    }
    return ":root{" + "".join(f"--{name}:{value};" for name, value in values.items()) + "}"


def classes(d: Design) -> str:
    """The classes of the sheet that choose among the dresses of `style.css`."""
    chosen = {"quote": d.quote, "box": d.box, "asked": d.question, "cross": d.crosshead, "ad": d.ad}
    return " ".join([d.direction, *(f"{name}-{value}" for name, value in chosen.items())])
