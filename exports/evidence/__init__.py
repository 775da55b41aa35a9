"""The evidence pack: readings, files and digests in one archive, and its verification."""
