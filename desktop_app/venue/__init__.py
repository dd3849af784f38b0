"""The restaurant itself: its venues, how they count their days, and the settings."""
