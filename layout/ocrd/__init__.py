"""newsreflow as processors of OCR-D (https://ocr-d.de): pages of a METS workspace in, PAGE files out.

Only these modules know the package ``ocrd``, which comes with the extra ``newsreflow[ocrd]``.
"""
