"""Briefings: slides of every theme, editor, presentation and downloads."""
