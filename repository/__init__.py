"""The core of Korean Memory: items, stores, rights, search, IIIF, linked data and the public site.

It knows neither of its two arms, `harvest` and `curation`.
"""
