"""The import screen: choose files, look, import, history."""
