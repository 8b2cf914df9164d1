"""The built-in detector: rules, grounds, lines, runs, columns, boxes - found in this order.

scan -> worksheet -> grounds, rules -> frames
                  -> ink -> drawings, gutters -> lines -> runs -> shapes (typed) -> containers -> segmentation
"""

from __future__ import annotations

from dataclasses import replace

from layout.document import Segmentation
from layout.document.many import give_back
from layout.geometry.blocks import Run, make_runs
from layout.geometry.calligraphy import find_drawn_names
from layout.geometry.columns import drop_strays, find_columns
from layout.geometry.components import Packed, components
from layout.geometry.drawings import find_drawings, with_drawings, without_borders, without_edges
from layout.geometry.evidence import are_dots, text_lines
from layout.geometry.extents import part_at_rules
from layout.geometry.faint_rules import with_faint_rules
from layout.geometry.folio import part_folios
from layout.geometry.frames import find_frames
from layout.geometry.grids import find_grids, put_cells
from layout.geometry.grounds import clear_ink, letter_parts, little_panels, panel_ends, put_panel_sides
from layout.geometry.gutters import find_gutters, put_feet
from layout.geometry.leaves import detect_leaves
from layout.geometry.lines import find_lines
from layout.geometry.margins import find_turned_text
from layout.geometry.noisy_panels import with_noisy_panels
from layout.geometry.pictures import find_grounds, only_pictures, without_pictures
from layout.geometry.rows import join_rows
from layout.geometry.rules import find_rules
from layout.geometry.settings import GeometrySettings
from layout.geometry.shapes import Findings, make_shapes, to_page
from layout.geometry.strokes import measure_letters
from layout.geometry.titles import find_titles, without_titles
from layout.geometry.wide_words import set_wide
from layout.geometry.worksheet import make_worksheet
from layout.image import Scan


class NewspaperDetector:
    """Finds a newspaper page's parts from its pixels by rules that are relative to its line pitch."""

    def __init__(self, settings: GeometrySettings) -> None:
        self.settings = settings

    def detect(self, scan: Scan) -> Segmentation:
        return detect_leaves(scan, self._detect_page)

    def _detect_page(self, scan: Scan) -> Segmentation:
        sheet = make_worksheet(scan.gray, self.settings.max_skew_degrees)
        placing, pitch = sheet.placing, sheet.pitch
        titles = find_titles(sheet)
        drawn = find_drawn_names(sheet, titles)
        titles += drawn
        sheet = without_titles(sheet, titles)
        sheet, grounds = with_noisy_panels(sheet, find_grounds(sheet))
        grounds = replace(grounds, dark=grounds.dark + little_panels(sheet))
        sheet = without_pictures(sheet, grounds.pictures)
        large = tuple(title.line.box for title in titles)
        grounds = only_pictures(grounds, large, sheet.shape, pitch)
        give_back()  # here and below: before what takes most
        printed = find_rules(sheet.ink, pitch)
        frames = find_frames(printed, pitch)
        printed = with_faint_rules(printed, sheet.light, sheet.ink, grounds.pictures, pitch)
        pictures = part_at_rules(grounds.pictures, printed.vertical, sheet.light, pitch)
        grounds = replace(grounds, pictures=tuple(pictures))
        ink = clear_ink(sheet, grounds, printed)
        rules, walls = printed.boxes, Packed.of(printed.walls)
        del sheet, printed  # a mask is as large as the page
        give_back()
        parts = components(ink)
        del ink
        drawings = find_drawings(parts, pitch)
        grounds = replace(grounds, pictures=with_drawings(grounds.pictures, drawings))
        rules = without_borders(rules, drawings, pitch)
        frames = without_edges(frames, drawings, pitch)
        letters = measure_letters(letter_parts(parts, drawings, pitch), pitch)
        del parts
        grids = find_grids(rules, letters.parts, walls.shape[1], pitch)
        tables = [grid.box for grid in grids]
        gutters = find_gutters(letters, grounds.pictures, rules.horizontal, pitch, self.settings.gutter_lines)
        gutters |= walls.mask()
        put_feet(gutters, rules.vertical, letters.parts.labels > 0, pitch)
        put_panel_sides(gutters, grounds, letters.parts.labels > 0)
        put_cells(gutters, grids)
        barrier = Packed.of(gutters)
        del gutters
        give_back()
        dots = are_dots(letters, pitch)
        found = () if dots else find_lines(letters, barrier, pitch, tables, grounds.pictures)
        lines = text_lines(found, letters, pitch, tables)
        if lines:
            lines = join_rows(lines, set_wide(lines, rules.horizontal))
        ink = letters.parts.labels > 0
        del letters
        if not lines:  # a ground is one for its letters
            grounds = replace(grounds, dark=(), tints=())
        bars = (*rules.horizontal, *grounds.pictures, *panel_ends(grounds))
        runs = make_runs(lines, bars, grounds.pictures, pitch)
        boxes = (*frames, *tables, *grounds.dark, *large)
        runs = drop_strays(runs, pitch, boxes, grounds.pictures)
        runs = (*part_folios(runs, ink, pitch), *(Run((title.line,)) for title in titles))
        columns = find_columns(runs, pitch)
        turned = find_turned_text(ink, columns, pitch)
        names = tuple(title.line.box for title in drawn)
        shapes = make_shapes(Findings(placing, grounds, rules, frames, runs, columns, turned, names, grids))
        return to_page(scan, placing, shapes, columns)
