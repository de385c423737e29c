"""The calls pane: log, chips, search, details and the warning card (design.md section 6)."""
