"""newsreflow: newspaper layout reconstruction, from page images and PDF to ALTO, TEI and METS."""

from __future__ import annotations

__version__ = "0.1.0"
