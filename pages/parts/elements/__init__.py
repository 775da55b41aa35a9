"""Elements of pages: cards, figures, drawers, maps, notes, search, evidence."""
