"""Exports of every list, and the register of who got what."""
