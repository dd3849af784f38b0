"""The audit trail screen: who did what, and whether the trail is whole."""
