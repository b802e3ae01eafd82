"""What set-up brings that pip does not: the image viewer, and fonts for the web and for drawing."""
