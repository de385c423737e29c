"""Reading, showing and sending phone numbers."""
