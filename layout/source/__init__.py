"""Files -> `Scan`s: PDF pages and page images of every common kind."""
