"""What pages are made of: cards, figures, drawers, maps, notes, search, evidence."""
