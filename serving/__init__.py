"""What the front door serves beside the pages: assets, scripts, health, readings as JSON. Must not know how a page looks."""
