"""The screen of what needs a second person."""
