"""`qt_print.py PAGE.html OUT.pdf FONT LATIN`: a web page by Qt's rich text, in one column."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument

application = QGuiApplication(sys.argv)
source, out, *families = sys.argv[1:]
writer = QPdfWriter(out)
writer.setResolution(300)
writer.setPageLayout(
    QPageLayout(
        QPageSize(QSizeF(300, 842), QPageSize.Unit.Point),
        QPageLayout.Orientation.Portrait,
        QMarginsF(10, 10, 10, 10),
    )
)
document = QTextDocument()
font = QFont(families)
font.setPointSize(12)
document.setDefaultFont(font)
page = Path(source).read_text(encoding="utf-8")
document.setHtml(
    page.replace("<p>", '<p align="justify">').replace("columns: 2;", "").replace("font: 12pt/1.9", "x:")
)
document.print_(writer)
