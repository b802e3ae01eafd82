"""IIIF: what a file really is, pyramids and tiles, the Image API and Presentation manifests; pure but for files."""
