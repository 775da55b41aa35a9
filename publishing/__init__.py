"""Data in and stored: files, changes, the store, access, and the data desk's drafts."""
