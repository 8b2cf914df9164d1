"""What the page says: `Scan` + `Segmentation` -> `Page` with lines and words."""
