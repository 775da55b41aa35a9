"""A static edition of a release: each page and dossier as HTML with SVG, its data as files; any web server or disk holds it."""
