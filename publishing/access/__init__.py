"""Who may do what, rate limits on refusals, and the audit log."""
