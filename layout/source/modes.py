"""Every pixel format brought to 8-bit grey or RGB on white paper."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageChops, ImageCms

_PHOTOMETRIC = 262  # TIFF 6.0: 0 is "white is zero"


def flatten(image: Image.Image) -> Image.Image:
    """The image in mode L or RGB: transparency on white, deep samples scaled, CMYK as it is printed."""
    mode = image.mode
    if mode in ("L", "RGB", "1", "P") and image.info.get("transparency") is not None:
        return _on_white(image.convert("RGBA"))
    if mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        return _on_white(image.convert("RGBA"))
    if mode in ("L", "RGB"):
        return image
    if mode == "1":
        return image.convert("L")
    if mode == "CMYK":
        return _printed(image).convert("RGB")
    if mode == "LAB":
        return _from_lab(image)
    if mode[0] in "IF":
        return _shallow(image)
    return image.convert("RGB")


def is_clear(image: Image.Image) -> bool:
    """Whether every pixel is fully transparent, so that white paper is all there is to see."""
    if "A" not in image.getbands():
        return False
    return bool(image.getchannel("A").getextrema() == (0, 0))


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, image).convert("RGB")


def _printed(image: Image.Image) -> Image.Image:
    """CMYK with 255 for full ink. Pillow takes every JPEG for one of Adobe's, which store it inverted;
    one without Adobe's marker is not."""
    if image.format in ("JPEG", "MPO") and "adobe" not in image.info:
        return ImageChops.invert(image)
    return image


def _from_lab(image: Image.Image) -> Image.Image:
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB"
    )
    return ImageCms.applyTransform(image, transform) or image.convert("L")


def _shallow(image: Image.Image) -> Image.Image:
    """Samples of 12, 16 or 32 bits or floating point as 8 bits.

    The scale is that of the smallest usual depth the brightest sample fits in: scanners with 12 bits
    store them in 16.
    """
    samples = np.nan_to_num(np.asarray(image, np.float32))
    top = float(samples.max(initial=0))
    full = next((full for full in (1.0, 255.0, 4095.0, 65535.0) if top <= full), top)
    if image.mode != "F" and full < 4095:
        full = 65535.0 if image.mode.startswith("I;16") else 255.0
    gray = np.clip(samples * (255 / full) + 0.5, 0, 255).astype(np.uint8)
    tags = getattr(image, "tag_v2", {})
    if tags.get(_PHOTOMETRIC) == 0:
        gray = 255 - gray
    return Image.fromarray(gray)
