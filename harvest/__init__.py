"""The arm that brings records in: sources, OAI-PMH, crosswalks, media, runs."""
