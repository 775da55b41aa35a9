"""One module a theme (partner cities, contacts, exports, fund, networks, plan, events) with its indicators and groupings."""
