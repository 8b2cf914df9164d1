"""What an engine's confidence is worth: the share of words right that were read with it.

Each model has its own scale: those of Latin script are too sure of what they doubt, the Persian one is not
sure enough of what it reads well. Steps of a reading (a second reader, what is no text) go by the
engine's own numbers; what leaves it, and stands in the results, is brought to one scale.
"""

from __future__ import annotations

from itertools import pairwise

#: The engine's confidences at which shares were measured. Below the first a reading is as likely of no
#: text at all, which lines that are text do not tell: there it stays what it is.
AT = (0.3, 0.4, 0.55, 0.65, 0.75, 0.825, 0.875, 0.925, 0.975)

#: Model -> share of words right at each of these, never falling: the last lines of `python -m
#: tests.bench.reading`, but for the first value. A model without a row keeps its own numbers.
RIGHT: dict[str, tuple[float, ...]] = {
    "Fraktur": (0.3, 0.35, 0.45, 0.53, 0.57, 0.63, 0.75, 0.92, 0.99),
    "eng": (0.3, 0.3, 0.3, 0.3, 0.3, 0.65, 0.69, 0.97, 1.0),
    "fas_best": (0.3, 0.51, 0.6, 0.71, 0.82, 0.89, 0.93, 0.99, 0.99),
    "frk": (0.3, 0.36, 0.48, 0.54, 0.54, 0.63, 0.7, 0.89, 0.98),
}


def calibrated(confidence: float, model: str) -> float:
    """The share of words right among those read by this model with such a confidence (both 0..1).

    Straight lines between the measured places, and the last share above them.
    """
    right = RIGHT.get(model)
    if right is None or confidence <= AT[0]:
        return confidence
    for (low, least), (high, most) in pairwise(zip(AT, right, strict=True)):
        if confidence <= high:
            return least + (most - least) * (confidence - low) / (high - low)
    return right[-1]
