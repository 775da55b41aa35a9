"""The data desk: uploads, drafts, review, publication, history and audit."""
