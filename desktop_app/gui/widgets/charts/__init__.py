"""Charts drawn by ourselves: line against line, bars, sparkline."""
