"""A small typesetter for newspaper pages that knows what it has set.

``fonts`` finds and shapes, ``setting`` breaks lines, ``sheet`` puts things on a page, ``pdf`` writes it,
``truth`` writes down what stands where, ``pictures`` invents photographs and ``scan`` spoils a clean render.
Lengths are points (1/72 inch), origin top left, y down, until ``truth`` and ``scan`` turn them into pixels.
"""
