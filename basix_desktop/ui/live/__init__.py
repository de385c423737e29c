"""Calls as they are now: a card per live call, and the chip that says how the feed is (design.md section 6)."""
