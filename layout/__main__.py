"""`python -m layout` is `newsreflow`."""

from __future__ import annotations

import sys

from layout.cli import main

if __name__ == "__main__":
    sys.exit(main())
