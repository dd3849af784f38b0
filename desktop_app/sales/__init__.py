"""Corrections of receipts, sales entered by hand, shifts with X and Z, and the gap radar."""
