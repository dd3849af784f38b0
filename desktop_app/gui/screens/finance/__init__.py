"""The finance screen."""
