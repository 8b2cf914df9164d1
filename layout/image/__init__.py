"""Pixels: the page image and the operations on it. Each result knows its way back to the page."""

from __future__ import annotations

from layout.image.scan import Scan

__all__ = ["Scan"]
