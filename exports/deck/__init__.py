"""PowerPoint: native charts, shapes and templates."""
