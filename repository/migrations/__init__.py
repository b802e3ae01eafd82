"""Alembic's folder: one history for the tables of the core and of both arms."""
