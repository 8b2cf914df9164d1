"""Many issues, many processes, and not one page lost.

    inputs --jobs--> issues --units--> engine --leaf--> files + receipts --journal--> report

A *leaf* does one unit of work (look at an input, read a page, assemble an issue) in its own process,
which can be killed. An *engine* only carries units to leaves and small receipts back. What is done
stands on disk: a file, then its receipt. The journal is an index of the receipts.
"""

from __future__ import annotations
