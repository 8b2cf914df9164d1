"""Where Tesseract's language data lie, and how what is missing is installed."""

from __future__ import annotations

import os
import re
from pathlib import Path

from layout.errors import DependencyError

#: Folders of distributions and package managers; a version folder inside is found by its number.
KNOWN = (
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/usr/share/tesseract",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)

#: Models that come with the program (models/README.md says where from).
SHIPPED = Path(__file__).parent / "models"

_SCRIPT_PACKAGES = {
    "Arabic": "script-arab",
    "Fraktur": "script-frak",
    "Latin": "script-latn",
    "Hebrew": "script-hebr",
    "Cyrillic": "script-cyrl",
}


def find_tessdata(setting: str | None) -> Path:
    """The folder of language data: the setting, TESSDATA_PREFIX, the newest known folder, or ours.

    Raises `DependencyError` where the setting or the variable names one without any model in it.
    """
    if setting is not None:
        return _checked(Path(setting).expanduser(), "text.tessdata")
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        return _checked(Path(prefix), "TESSDATA_PREFIX")
    return next((folder for folder in _candidates() if _has_models(folder)), SHIPPED)


def models_in(folder: Path) -> tuple[str, ...]:
    """Names of the models in a tessdata folder, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.traineddata")))


def model_files(folder: Path) -> dict[str, Path]:
    """Model -> its file, sorted by name: those of a tessdata folder, and of ours what it has not."""
    places = {name: place for place in (SHIPPED, folder) for name in models_in(place)}
    return {name: place / f"{name}.traineddata" for name, place in sorted(places.items())}


def install_command(*models: str) -> str:
    """The Debian and Ubuntu command that installs these models (and the program with them)."""
    packages = " ".join(f"tesseract-ocr-{_package(model)}" for model in models)
    return f"sudo apt-get install -y tesseract-ocr {packages}"


def _package(model: str) -> str:
    return _SCRIPT_PACKAGES.get(model, model.lower().replace("_", "-"))


def _checked(folder: Path, origin: str) -> Path:
    for place in (folder, folder / "tessdata"):
        if _has_models(place):
            return place
    raise DependencyError(
        f"{origin} names '{folder}', where no *.traineddata file lies",
        remedy="name the folder that holds the files",
    )


def _has_models(folder: Path) -> bool:
    return folder.is_dir() and any(folder.glob("*.traineddata"))


def _candidates() -> list[Path]:
    found = []
    for root in map(Path, KNOWN):
        numbered = sorted(root.glob("*/tessdata"), key=_version, reverse=True) if root.is_dir() else []
        found += [*numbered, root / "tessdata", root]
    return found


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", path.parent.name))
