"""Makes newspaper pages with truth in many designs.

    python -m tests.bench.pages OUT --seed 31 --count 16 --scans --issues 2

A page is drawn from its seed alone: the same seed gives the same page where browser and fonts are the same.
The browser is Chromium, the fonts are Debian's:

    apt install chromium fonts-farsiweb fonts-hosny-amiri fonts-sil-scheherazade fonts-kacst fonts-noto-core
    apt install fonts-noto-extra fonts-liberation fonts-urw-base35 fonts-ebgaramond fonts-linuxlibertine
    apt install fonts-blankenburg

All texts are put together from the word lists in `lexicon/`, written for this; all pictures are computed.
"""
