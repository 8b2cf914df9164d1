"""Regions marked by hand become truth that the scorer reads; PAGE truth is named where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench import real


def test_marked_regions_and_page_files_become_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marked, paged = tmp_path / "real" / "arabic", tmp_path / "real" / "fraktur"
    marked.mkdir(parents=True)
    paged.mkdir()
    regions = [
        {"id": "h", "type": "headline", "bbox": [10, 10, 90, 20]},
        {"id": "b", "type": "body", "bbox": [10, 30, 90, 80], "text": "نص"},
        {"id": "y", "type": "header", "bbox": [10, 1, 90, 5]},
    ]
    told = {"source": "one.png", "size": [100, 100], "direction": "rtl", "regions": regions}
    told["articles"] = [{"id": "A1", "regions": ["h", "b"]}]
    (marked / "one.regions.json").write_text(json.dumps(told), encoding="utf-8")
    (paged / "nzz_1.xml").write_text("<PcGts/>", encoding="utf-8")
    (paged / "0042_nzz_1.tif").write_bytes(b"")
    monkeypatch.setattr(real, "REAL", tmp_path / "real")
    monkeypatch.setattr(real, "PAGE_SETS", {"fraktur": "de"})
    monkeypatch.setattr(real, "MARKED_SETS", ("arabic",))

    assert real.main([str(tmp_path / "out")]) == 0

    (page,) = json.loads((tmp_path / "out" / "arabic" / "manifest.json").read_text())["pages"]
    assert page["lang"] == "ar"
    assert page["samples"][0]["image"] == str(marked / "one.png")
    truth = json.loads(Path(page["samples"][0]["truth"]).read_text(encoding="utf-8"))
    assert [block["article"] for block in truth["blocks"]] == ["A1", "A1", None]
    assert truth["reading_order"] == ["h", "b", "y"]
    (page,) = json.loads((tmp_path / "out" / "fraktur" / "manifest.json").read_text())["pages"]
    assert page["samples"][0]["image"] == str(paged / "0042_nzz_1.tif")
    assert page["samples"][0]["truth"] == str(paged / "nzz_1.xml")
