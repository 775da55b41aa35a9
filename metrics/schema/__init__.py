"""Tables and columns as declared, their checks, partial dates, and a release: all tables at one moment."""
