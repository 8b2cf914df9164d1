"""A viewer from npm opens our manifest in a real browser and shows text and contents."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from layout.export import Illustrated, exporter
from layout.export.settings import ExportSettings
from layout.image.picture import packed
from tests.export.issues import HEIGHT, WIDTH, small_issue
from tests.export.viewers import BROWSER, MIRADOR, needs_mirador

_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"></head>
<body><div id="m" style="position:absolute;width:1600px;height:1000px"></div>
<script src="mirador.js"></script><script>
Mirador.viewer({id: "m", windows: [{manifestId: %s, sideBarPanel: %s, sideBarOpen: true}],
  window: {defaultView: "single", panels: {info: true, canvas: true, annotations: true}},
  annotations: {filteredMotivations: ["supplementing"]}});
</script></body></html>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a folder, served while the test runs."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def shown(address: str, folder: Path, panel: str) -> str:
    """The text that the browser shows of the manifest, with a panel of Mirador open."""
    manifest = f"{address}/shahrma-217/manifest.json"
    (folder / "index.html").write_text(_PAGE % (json.dumps(manifest), json.dumps(panel)), encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1600,1000",
    ]
    options += [f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000", "--dump-dom"]
    assert BROWSER
    done = subprocess.run(
        [BROWSER, *options, f"{address}/index.html"], capture_output=True, timeout=120, check=False
    )
    body = re.sub(r"<(style|script).*?</\1>", "", done.stdout.decode("utf-8", "replace"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@needs_mirador
@pytest.mark.slow
def test_mirador_shows_lines_and_contents(site: str, tmp_path: Path) -> None:
    made = exporter("iiif")(ExportSettings(formats=("iiif",), base_url=site))
    assert isinstance(made, Illustrated)
    made.scans = lambda _: packed(np.full((HEIGHT, WIDTH), 200, np.uint8))
    issue = small_issue()
    made.write(issue, tmp_path / issue.id)
    shutil.copy(MIRADOR, tmp_path / "mirador.js")
    text = shown(site, tmp_path, "annotations")
    assert "1 of 3" in text and "شهر ما" in text
    places = [
        text.index(line) for line in ("کتابخانه حافظه شهر است", "این را در ۱۴۰۲ نوشتم", "ادامه در صفحه ۳۲")
    ]
    assert places == sorted(places), "lines in reading order"
    contents = shown(site, tmp_path, "canvas")
    assert "Night ferry returns" in contents and "کتابخانه حافظه شهر است" in contents
