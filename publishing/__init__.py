"""How data get in and stay: files, changes, the store, access, and the data desk's drafts."""
