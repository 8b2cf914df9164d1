"""Interchange with layoutparser: its models as a detector here, our detector as a model there.

The only file that imports layoutparser, and only when something of it is called: the package brings
pandas, scipy and its backends' probes with it. Nothing here ever downloads: models are files of the
user, and an address in their place is refused.

To use our detector from layoutparser::

    from layout.geometry.layoutparser_detector import register
    register()
    model = layoutparser.AutoLayoutModel("lp://newsreflow/Newspaper/rules/config")
    blocks = model.detect(image)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFont

from layout.document import Box, LineShape, Page, Polygon, Region, RegionKind, Segmentation, Shape, TextLine
from layout.errors import ConfigError, DependencyError
from layout.geometry.blend import blend
from layout.geometry.newspaper import NewspaperDetector
from layout.geometry.settings import GeometrySettings
from layout.image import Scan

#: Our name among layoutparser's backends; it looks backends up as a part of the model's address.
BACKEND = "newsreflow"
#: The type of a text line among the blocks of a layout; every other type is a kind of region.
LINE = "line"
_INSTALL = {
    "detectron2": "pip install 'git+https://github.com/facebookresearch/detectron2.git'",
    "paddledetection": "pip install paddlepaddle",
    "efficientdet": "pip install effdet",
}


class LayoutParserDetector:
    """Finds regions with a local model of any layoutparser backend, lines with our own detector.

    ``model`` is the file of weights (for Paddle the folder with ``inference.pdmodel``). ``model_config``
    is the backend's configuration: a YAML file (Detectron2) or the name of an architecture (EfficientDet);
    ``backend:`` before it names any registered backend. ``labels`` map the model's classes to our kinds
    (``0=paragraph``, ``Text=paragraph``), all of them for EfficientDet, which counts its classes by them;
    a class that is not named becomes ``unknown``. Raises `ConfigError` for settings that cannot be used,
    `DependencyError` where the backend is not installed.
    """

    def __init__(self, settings: GeometrySettings) -> None:
        self.settings = settings
        self.kinds = read_labels(settings.labels)
        self.backend, self.config = _choose_backend(settings)

    def detect(self, scan: Scan) -> Segmentation:
        model = _load_model(self.settings, self.backend, self.config)
        found = model.detect(_picture(scan, self.backend))
        layout = from_layout(found, scan.width, scan.height, self.kinds)
        blocks = [replace(shape, children=()) for shape in layout.walk() if shape.box.area > 0]
        return blend(blocks, NewspaperDetector(self.settings).detect(scan), f"layoutparser/{self.backend}")


def read_labels(labels: tuple[str, ...]) -> dict[str, RegionKind]:
    """Class of a model -> our kind, from entries such as ``0=paragraph``; `ConfigError` for a bad one."""
    kinds = {}
    for label in labels:
        name, _, kind = (part.strip() for part in label.partition("="))
        if not name or kind not in set(RegionKind):
            known = ", ".join(RegionKind)
            raise ConfigError(
                f"geometry.labels holds '{label}', which is not a class and a kind",
                remedy=f"write it as '0=paragraph'; kinds are {known}",
            )
        kinds[name] = RegionKind(kind)
    return kinds


def to_layout(source: Segmentation | Page, *, lines: bool = True) -> Any:
    """A page as a ``layoutparser.Layout``: its regions, each followed by its lines and children.

    Ids count from 1 (layoutparser's drawing takes 0 for none), ``parent`` is the id of the region a line
    or child belongs to, ``type`` the kind or ``line``, ``score`` the confidence, ``text`` what was read.
    Turned parts are quadrilaterals, others rectangles. ``page_data`` holds the page's width and height
    and, for a `Page`, its id and by number the ids of its regions and lines. Baselines, columns and
    looks have no place there.
    """
    lp = _layoutparser()
    blocks: list[Any] = []
    names: list[str] = []
    tops: tuple[Shape | Region, ...] = source.regions if isinstance(source, Page) else source.shapes
    for top in tops:
        _add_block(lp, top, None, blocks, names, lines)
    data: dict[str, Any] = {"width": float(source.width), "height": float(source.height)}
    if isinstance(source, Page):
        data |= {"id": source.id, "names": names}
    return lp.Layout(blocks, page_data=data)


def from_layout(
    layout: Any, width: float, height: float, kinds: Mapping[str, RegionKind] | None = None
) -> Segmentation:
    """A ``layoutparser.Layout`` as a segmentation of a page of this size, boxes clipped to it.

    A block's type is looked up in ``kinds``, then among our own kinds, else it is ``unknown`` (the
    reason names the type). Blocks follow their ``parent`` where there is one; a ``line`` without a
    parent gets a shape of its own. Intervals reach over the whole page in their open axis. Text and
    ``next`` are not geometry and stay behind.
    """
    page = Box(0.0, 0.0, float(width), float(height))
    blocks = list(_flat(layout))
    ids = {block.id for block in blocks if block.id is not None}
    inside: dict[Any, list[Any]] = {}
    tops = []
    for block in blocks:
        parent = getattr(block, "parent", None)
        if parent is not None and parent in ids and not _above(block, parent, blocks):
            inside.setdefault(parent, []).append(block)
        else:
            tops.append(block)
    shapes = [_shape(block, inside, page, kinds or {}) for block in tops]
    ordered = sorted(shapes, key=lambda shape: (shape.box.y0, shape.box.x0))
    return Segmentation(page.width, page.height, tuple(ordered), detector="layoutparser")


def register() -> type:
    """Make ``AutoLayoutModel("lp://newsreflow/...")`` give our detector; returns the model class."""
    _layoutparser()
    backends = import_module("layoutparser.models.auto_layoutmodel").ALL_AVAILABLE_BACKENDS
    found: type = backends.setdefault(BACKEND, _model_class())
    return found


@lru_cache(maxsize=1)
def _model_class() -> type:
    base: Any = import_module("layoutparser.models.base_layoutmodel").BaseLayoutModel

    class NewsreflowLayoutModel(base):  # type: ignore[misc]  # layoutparser ships no types
        """Our newspaper detector as a layoutparser model; ``extra_config`` holds geometry settings."""

        DEPENDENCIES = ()
        DETECTOR_NAME = BACKEND
        MODEL_CATALOG: dict[str, dict[str, str]] = {}  # noqa: RUF012 - nothing to be downloaded

        def __init__(
            self,
            config_path: str | None = None,
            model_path: str | None = None,
            label_map: Mapping[str, str] | None = None,
            extra_config: Mapping[str, Any] | None = None,
            device: str | None = None,
        ) -> None:
            self.label_map = dict(label_map or {})
            self.detector = NewspaperDetector(GeometrySettings(**(extra_config or {})))

        def detect(self, image: NDArray[np.uint8] | Image.Image) -> Any:
            """The page's regions and lines; types renamed by ``label_map``."""
            found = to_layout(self.detector.detect(Scan("page", self.image_loader(image))))
            for block in found:
                block.type = self.label_map.get(block.type, block.type)
            return found

        def image_loader(self, image: NDArray[np.uint8] | Image.Image) -> NDArray[np.uint8]:
            """Grey values of a picture; arrays with three channels are RGB, as in layoutparser's guide."""
            if isinstance(image, Image.Image):
                return np.asarray(image.convert("L"))
            return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)

    return NewsreflowLayoutModel


def _layoutparser() -> Any:
    """The package, with what newer libraries took from under it put back."""
    try:
        lp = import_module("layoutparser")
        import_module("layoutparser.models.auto_layoutmodel")
    except (ImportError, RuntimeError, OSError) as error:
        # A backend that is installed but broken fails here too: layoutparser imports what it sees.
        raise DependencyError(
            f"layoutparser cannot be imported ({error})", remedy="run: pip install 'layoutparser>=0.3.4,<0.4'"
        ) from error
    if not hasattr(ImageFont.FreeTypeFont, "getsize"):  # gone since Pillow 10; draw_box asks for it
        cast(Any, ImageFont.FreeTypeFont).getsize = _getsize
    return lp


def _getsize(font: ImageFont.FreeTypeFont, text: str) -> tuple[int, int]:
    _, _, right, bottom = font.getbbox(text)
    return round(right), round(bottom)


def _choose_backend(settings: GeometrySettings) -> tuple[str, str]:
    """(backend, its configuration) by the prefix of ``model_config`` or by what the files are."""
    if not settings.model:
        raise ConfigError(
            "the layoutparser detector needs a model", remedy="set geometry.model to a model file of yours"
        )
    config = settings.model_config or ""
    for value in (settings.model, config):
        if "://" in value:
            raise ConfigError(
                f"'{value}' is an address, and models are never downloaded",
                remedy="download it yourself and give the path of the file",
            )
    if not Path(settings.model).exists():
        raise ConfigError(f"the model '{settings.model}' does not exist", remedy="correct geometry.model")
    name, colon, rest = config.partition(":")
    if colon and name.isidentifier() and len(name) > 1:  # one letter is a drive
        return name, rest
    if (Path(settings.model) / "inference.pdmodel").is_file():
        return "paddledetection", config
    if config.endswith((".yaml", ".yml")):
        if not Path(config).is_file():
            raise ConfigError(f"the file '{config}' does not exist", remedy="correct geometry.model_config")
        return "detectron2", config
    if config:
        return "efficientdet", config
    raise ConfigError(
        f"nothing says which backend reads '{settings.model}'",
        remedy="set geometry.model_config to the YAML file (Detectron2) or architecture (EfficientDet), "
        "with 'backend:' before it where it is another",
    )


@lru_cache(maxsize=1)
def _load_model(settings: GeometrySettings, backend: str, config: str) -> Any:
    """The model, loaded once a process: it does not change from page to page."""
    _layoutparser()
    backends = import_module("layoutparser.models.auto_layoutmodel").ALL_AVAILABLE_BACKENDS
    if backend not in backends:
        known = ", ".join(sorted(backends))
        raise ConfigError(f"layoutparser has no backend '{backend}'", remedy=f"known are: {known}")
    # Classes keep their numbers as names; `from_layout` looks the kinds up.
    numbers = {int(name): name for name in read_labels(settings.labels) if name.isdecimal()}
    try:
        return backends[backend](config, model_path=settings.model, label_map=numbers)
    except ImportError as error:
        raise DependencyError(
            f"the layoutparser backend '{backend}' is not installed",
            remedy=f"run: {_INSTALL.get(backend, f'pip install {backend}')}",
        ) from error
    except (RuntimeError, ValueError, LookupError, AttributeError, AssertionError, OSError) as error:
        raise ConfigError(
            f"the layoutparser backend '{backend}' cannot load '{settings.model}' ({error})",
            remedy="check that model, model_config and labels belong together",
        ) from error


def _picture(scan: Scan, backend: str) -> Any:
    """The page as the backend wants it: Detectron2 an array in BGR, the others a picture in RGB."""
    image = Image.fromarray(scan.gray if scan.color is None else scan.color).convert("RGB")
    return np.ascontiguousarray(np.asarray(image)[..., ::-1]) if backend == "detectron2" else image


def _add_block(
    lp: Any,
    part: Shape | Region,
    parent: int | None,
    blocks: list[Any],
    names: list[str],
    lines: bool,
) -> None:
    number = len(blocks) + 1
    text = part.text or None if isinstance(part, Region) else None
    blocks.append(_block(lp, part, number, part.kind.value, parent, part.confidence, text))
    names.append(part.id if isinstance(part, Region) else "")
    for line in part.lines if lines else ():
        read = isinstance(line, TextLine)
        text, score = (line.text or None, line.confidence) if isinstance(line, TextLine) else (None, None)
        blocks.append(_block(lp, line, len(blocks) + 1, LINE, number, score, text))
        names.append(cast(TextLine, line).id if read else "")
    for child in part.children:
        _add_block(lp, child, number, blocks, names, lines)


def _block(
    lp: Any,
    part: Shape | Region | LineShape | TextLine,
    number: int,
    kind: str,
    parent: int | None,
    score: float | None,
    text: str | None,
) -> Any:
    box = part.box
    if part.polygon and len(part.polygon) == 4:
        # Floats: a quadrilateral of whole numbers cannot be written as JSON.
        place = lp.Quadrilateral(np.array(part.polygon, np.float64))
    else:
        place = lp.Rectangle(float(box.x0), float(box.y0), float(box.x1), float(box.y1))
    return lp.TextBlock(place, text=text, id=number, type=kind, parent=parent, score=score)


def _flat(layout: Any) -> Iterator[Any]:
    """The blocks of a layout and of layouts within it; bare rectangles become blocks."""
    lp = _layoutparser()
    for block in layout:
        if isinstance(block, lp.Layout):
            yield from _flat(block)
        else:
            yield block if isinstance(block, lp.TextBlock) else lp.TextBlock(block)


def _above(block: Any, parent: Any, blocks: list[Any]) -> bool:
    """Whether the way up from ``parent`` comes back to the block: it is then nobody's child."""
    parents = {entry.id: entry.parent for entry in blocks if entry.id is not None}
    seen = {block.id} if block.id is not None else set()
    while parent is not None:
        if parent in seen:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False


def _shape(block: Any, inside: Mapping[Any, list[Any]], page: Box, kinds: Mapping[str, RegionKind]) -> Shape:
    members = inside.get(block.id, []) if block.id is not None else []
    box, polygon = _place(block, page)
    if block.type == LINE:
        kind, reason = RegionKind.UNKNOWN, "a line without a region"
    else:
        kind, reason = _kind(block.type, kinds)
    lines = [block] if block.type == LINE else [member for member in members if member.type == LINE]
    placed = [_place(line, page) for line in lines]
    children = [_shape(member, inside, page, kinds) for member in members if member.type != LINE]
    return Shape(
        kind,
        box,
        lines=tuple(LineShape(place, polygon=outline) for place, outline in placed),
        children=tuple(children),
        polygon=polygon,
        confidence=None if block.score is None else min(1.0, max(0.0, float(block.score))),
        reason=reason,
    )


def _kind(name: Any, kinds: Mapping[str, RegionKind]) -> tuple[RegionKind, str]:
    """Our kind for the type of a block, and why."""
    key = "" if name is None else str(name)
    if key in kinds:
        return kinds[key], f"class '{key}' of the model"
    if key in set(RegionKind):
        return RegionKind(key), "named so in the layout"
    return (
        RegionKind.UNKNOWN,
        f"class '{key}' has no kind in geometry.labels" if key else "a block without a type",
    )


def _place(block: Any, page: Box) -> tuple[Box, Polygon | None]:
    """(box on the page, outline where it is not the box) of a block."""
    lp = _layoutparser()
    place = block.block
    if isinstance(place, lp.Interval):
        start, end = float(place.start), float(place.end)
        box = replace(page, x0=start, x1=end) if place.axis == "x" else replace(page, y0=start, y1=end)
        return box.clipped(page), None
    x0, y0, x1, y1 = (float(value) for value in place.coordinates)
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)).clipped(page)
    if isinstance(place, lp.Quadrilateral):
        return box, tuple((float(x), float(y)) for x, y in place.points)
    return box, None
