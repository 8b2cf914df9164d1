"""`Issue` -> files: ALTO, TEI, METS, PAGE, plain text, pictures to look at."""
