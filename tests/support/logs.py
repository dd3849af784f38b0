"""Fails a test that logs a warning nobody expected, or does not log the one it promised."""

import logging
import re

from typing_extensions import override


class LogWatch(logging.Handler):
    """Collects what is logged from WARNING on and compares it with what the test expects."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []
        self._expected: list[re.Pattern[str]] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    def __call__(self, pattern: str) -> None:
        """Expect at least one record whose text contains `pattern` (a regular expression)."""
        self._expected.append(re.compile(pattern))

    def complaints(self) -> list[str]:
        """Return a sentence for each surprise."""
        texts = [record.getMessage() for record in self._records]
        surprises = [
            f"unexpected {record.levelname} from {record.name}: {text}"
            for record, text in zip(self._records, texts, strict=True)
            if not any(pattern.search(text) for pattern in self._expected)
        ]
        missing = [
            f"nothing was logged that contains {pattern.pattern!r}"
            for pattern in self._expected
            if not any(pattern.search(text) for text in texts)
        ]
        return surprises + missing
