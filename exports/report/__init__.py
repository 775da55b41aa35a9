"""The report to the council: what it says, as a Word document of a template, and as a PDF."""
