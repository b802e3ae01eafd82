"""Linked data: items, institutions and sets as RDF, by EDM, Dublin Core and schema.org."""
