"""The language of a text by its letters and its commonest words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from layout.language import script_of

#: Words that make up a tenth or more of running text in each language, and are rare in the others.
FUNCTION_WORDS = {
    "fa": "و در به از که این را با است برای آن یک خود تا بر هم شد شده می بود ها نیز اما",
    "ar": "في من على إلى أن التي الذي عن هذا هذه ما لا كان قد ذلك بين بعد لم هو كل وفي ومن",
    "ur": "کے کی میں ہے اور سے کا کو اس پر نے کہ ہیں یہ بھی ایک تھا گیا نہیں",
    "ckb": "لە بە کە و ئەو ئەم بۆ لەگەڵ هەر دەکات کرد بوو نەک",
    "he": "של את על לא הוא זה עם כי גם אל היא או כל בין אך",
    "en": "the of and to in that for was is with as by it from were at be had on his an which",
    "de": "der die und das den von zu mit dem des im ist nicht ein eine auf für sich auch daß als an",
    "fr": "de la le les et des du une est que dans pour qui par sur au pas plus ne se ce",
}

#: Letters one language has and its neighbours in the script have not.
LETTERS = {
    "fa": "پچژگ",
    "ar": "ةيىكأإؤ",
    "ur": "ٹڈڑےںہھ",
    "ckb": "ەێۆڵڕ",
    "de": "äöüßſ",
    "fr": "éèêàçùœ",
}

_BY_SCRIPT = {
    "Arab": ("fa", "ar", "ur", "ckb"),
    "Hebr": ("he",),
    "Latn": ("en", "de", "fr"),
    "Latf": ("de", "en", "fr"),
}

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (BCP 47), how clearly it stood out (0..1), and its score (about 0.3 for running text)."""

    language: str
    confidence: float
    score: float = 0.0


def guess_language(text: str, script: str | None = None) -> Guess | None:
    """The language a text is most likely in; None without letters of a script we know.

    Counts function words and tell-tale letters; long s counts as s.
    """
    script = script or script_of(text)
    candidates = _BY_SCRIPT.get(script or "", ())
    words = [word.lower().replace("ſ", "s") for word in _WORD.findall(text)]
    if not candidates or not words:
        return None
    scores = {code: _score(code, words, text) for code in candidates}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    best, score = ranked[0]
    rest = ranked[1][1] if len(ranked) > 1 else 0.0
    return Guess(best, round((score - rest) / score, 3) if score > 0 else 0.0, score)


def _score(code: str, words: list[str], text: str) -> float:
    """Share of function words, and a tenth of a point for each tell-tale letter in ten words."""
    common = set(FUNCTION_WORDS[code].split())
    letters = sum(text.count(letter) for letter in LETTERS.get(code, ""))
    return (sum(word in common for word in words) + 0.5 * letters) / len(words)
