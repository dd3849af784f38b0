"""Tables for spreadsheets: CSV and XLSX, locked with a password where that is asked."""
