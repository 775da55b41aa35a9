"""Figures from tables: what is declared, counted, read and checked. No web, no charts, no database, no clock."""
