"""Sales after the fact: corrections, shifts, cash, X and Z, gaps in the numbers."""
