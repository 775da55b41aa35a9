"""Claims of publications worked out anew, and the evidence behind each source."""
