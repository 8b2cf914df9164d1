"""The built-in detector: rules, grounds, lines, runs, columns, boxes - found in this order.

scan -> worksheet -> grounds, rules -> frames
                  -> ink -> gutters -> lines -> runs -> shapes (typed) -> containers -> segmentation
"""

from __future__ import annotations

from dataclasses import replace

from layout.document import Segmentation
from layout.geometry.blocks import Run, make_runs
from layout.geometry.columns import drop_strays, find_columns
from layout.geometry.evidence import are_dots, only_text
from layout.geometry.folio import part_folios
from layout.geometry.frames import find_frames
from layout.geometry.grounds import clear_ink, little_panels, panel_ends, panel_sides
from layout.geometry.gutters import find_gutters
from layout.geometry.leaves import detect_leaves
from layout.geometry.lines import find_lines
from layout.geometry.margins import find_turned_text
from layout.geometry.pictures import find_grounds
from layout.geometry.rules import find_rules, with_faint_rules
from layout.geometry.settings import GeometrySettings
from layout.geometry.shapes import Findings, make_shapes, to_page
from layout.geometry.strokes import measure_letters
from layout.geometry.titles import find_titles, without_titles
from layout.geometry.worksheet import make_worksheet
from layout.image import Scan


class NewspaperDetector:
    """Finds a newspaper page's parts from its pixels by rules that are relative to its line pitch."""

    def __init__(self, settings: GeometrySettings) -> None:
        self.settings = settings

    def detect(self, scan: Scan) -> Segmentation:
        return detect_leaves(scan, self._detect_page)

    def _detect_page(self, scan: Scan) -> Segmentation:
        printed_sheet = make_worksheet(scan.gray, self.settings.max_skew_degrees)
        titles = find_titles(printed_sheet)
        sheet = without_titles(printed_sheet, titles)
        grounds = find_grounds(sheet)
        grounds = replace(grounds, dark=grounds.dark + little_panels(sheet))
        printed = sheet.ink & ~grounds.mask
        rules = find_rules(printed, sheet.pitch)
        frames = find_frames(rules, sheet.pitch)
        rules = with_faint_rules(rules, sheet.light, printed, sheet.pitch)
        del printed
        ink, parts = clear_ink(sheet, grounds, rules)
        letters = measure_letters(ink, parts, sheet.pitch)
        barrier = find_gutters(ink, letters, grounds.mask, sheet.pitch, self.settings.gutter_lines)
        barrier |= rules.walls
        barrier |= panel_sides(sheet, grounds)
        found = () if are_dots(letters, sheet.pitch) else find_lines(letters, barrier, sheet.pitch)
        lines = only_text(found, letters, sheet.pitch)
        if not lines:  # a ground is one for its letters
            grounds = replace(grounds, dark=(), tints=())
        walls = (*rules.horizontal, *grounds.pictures, *panel_ends(grounds))
        runs = make_runs(lines, walls, grounds.pictures, sheet.pitch)
        names = tuple(title.line.box for title in titles)
        runs = drop_strays(runs, sheet.pitch, (*frames, *grounds.dark, *names))
        runs = (*part_folios(runs, ink, sheet.pitch), *(Run((title.line,)) for title in titles))
        columns = find_columns(runs, sheet.pitch)
        turned = find_turned_text(ink, columns, sheet.pitch)
        shapes = make_shapes(Findings(sheet, grounds, rules, frames, runs, columns, turned))
        return to_page(scan, sheet, shapes, columns)
