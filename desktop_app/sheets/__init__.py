"""Tables as files: CSV and XLSX, typed and safe to open, and their protection."""
