"""What the programs read that have a language of their own: OpenDocument, Word, TeX."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape

from tests.bench.producers.prose import LATIN, Prose

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        *(("office", "office"), ("text", "text"), ("style", "style")),
        *(("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")),
    )
)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
#: Fonts with brackets and digits besides their letters; XeTeX takes no others in their place.
_WHOLE, _INSTEAD = ("Amiri", "Nazli"), ("Amiri", "DejaVu Sans")
_TEX = {"fa": "persian", "ar": "arabic", "ur": "urdu", "ckb": "kurdish", "he": "hebrew"}
_TEX |= {"en": "english", "de": "german", "fr": "french"}


def flat_text(prose: Prose) -> bytes:
    """OpenDocument in one file, two columns, justified."""
    mode = "rl-tb" if prose.rtl else "lr-tb"
    fonts = f'style:font-name-complex="{prose.font}" style:font-name="{LATIN}"'
    names = "".join(
        f'<style:font-face style:name="{name}" svg:font-family="&apos;{name}&apos;"/>'
        for name in (prose.font, LATIN)
    )
    body = "".join(f'<text:p text:style-name="P">{escape(text)}</text:p>' for text in prose.paragraphs)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>{names}</office:font-face-decls><office:automatic-styles>
<style:style style:name="H" style:family="paragraph"><style:paragraph-properties
 fo:margin-bottom="6mm" style:writing-mode="{mode}"/><style:text-properties {fonts} fo:font-size="22pt"
 style:font-size-complex="22pt"/></style:style>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties
 fo:text-align="justify" fo:text-indent="4mm" style:writing-mode="{mode}"/><style:text-properties {fonts}
 fo:font-size="12pt" style:font-size-complex="12pt" fo:hyphenate="false"/></style:style>
<style:style style:name="S" style:family="section"><style:section-properties style:writing-mode="{mode}">
<style:columns fo:column-count="2" fo:column-gap="9mm"/></style:section-properties></style:style>
<style:page-layout style:name="A"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
 fo:margin="18mm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A"/>
</office:master-styles>
<office:body><office:text><text:p text:style-name="H">{escape(prose.title)}</text:p>
<text:section text:style-name="S" text:name="s">{body}</text:section></office:text></office:body>
</office:document>
""".encode()


def docx(prose: Prose) -> bytes:
    """A Word file of two columns, stretched by kashida where the script has it."""
    arabic = prose.rtl and prose.code != "he"
    bidi, rtl = ("<w:bidi/>", "<w:rtl/>") if prose.rtl else ("", "")
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{prose.font}"/>'
    align = "mediumKashida" if arabic else "both"

    def paragraph(text: str, size: int, align: str) -> str:
        run = f'<w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{rtl}</w:rPr>'
        return (
            f'<w:p><w:pPr>{bidi}<w:jc w:val="{align}"/></w:pPr>'
            f'<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        )

    def section(columns: int, kind: str) -> str:
        return (
            f'<w:sectPr>{kind}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1000" w:bottom="1000" '
            f'w:left="1000" w:right="1000"/><w:cols w:num="{columns}" w:space="500"/>{bidi}</w:sectPr>'
        )

    kind = '<w:type w:val="continuous"/>'
    head = paragraph(prose.title, 44, "start") + f"<w:p><w:pPr>{bidi}{section(1, kind)}</w:pPr></w:p>"
    body = "".join(paragraph(text, 24, align) for text in prose.paragraphs)
    document = f"<w:document {_WORD}><w:body>{head}{body}{section(2, kind)}</w:body></w:document>"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    kind_of = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind_of}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{links}"><Relationship Id="r" Type="{main}" Target="word/document.xml"/>'
            "</Relationships>",
        )
        archive.writestr("word/document.xml", document)
    return held.getvalue()


def tex(prose: Prose) -> str:
    """XeLaTeX with polyglossia: `bidi` sets right-to-left text, two columns by `multicol`."""
    name = _TEX[prose.code]
    script = {"he": "Hebrew"}.get(prose.code, "Arabic")
    font = rf"\newfontfamily\{name}font[Script={script}]{{{prose.font}}}" if prose.rtl else ""
    latin = rf"\setotherlanguage{{english}}\newfontfamily\englishfont{{{LATIN}}}" if prose.rtl else ""
    font = (
        font
        if not prose.rtl or prose.font in _WHOLE
        else font.replace(prose.font, _INSTEAD[prose.code == "he"])
    )
    body = "\n\n".join(map(_tex_text if prose.rtl else _escaped, prose.paragraphs))
    return rf"""\documentclass[12pt]{{article}}
\usepackage[a4paper,margin=18mm]{{geometry}}\usepackage{{multicol}}\usepackage{{fontspec}}\usepackage{{polyglossia}}
\setdefaultlanguage{{{name}}}{latin}\setmainfont{{{LATIN}}}{font}
\columnsep=9mm \hyphenpenalty=10000 \exhyphenpenalty=10000 \emergencystretch=3em \pagestyle{{empty}}
\begin{{document}}
{{\LARGE {_escaped(prose.title)}\par}}
\begin{{multicols}}{{2}}
{body}
\end{{multicols}}
\end{{document}}
"""


def _escaped(text: str) -> str:
    return text.replace("%", r"\%").replace("$", r"\$")


def _tex_text(text: str) -> str:
    """Latin words marked as such, as `bidi` asks for."""

    def is_foreign(word: str) -> bool:
        return word.isascii() and any(map(str.isalpha, word))

    parts = ((latin, " ".join(words)) for latin, words in groupby(_escaped(text).split(" "), key=is_foreign))
    return " ".join(rf"\textenglish{{{part}}}" if latin else part for latin, part in parts)
