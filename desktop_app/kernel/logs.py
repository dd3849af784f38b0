"""What is logged holds no card data, whoever logs it."""

from __future__ import annotations

import logging
from typing import Any

from desktop_app.kernel.cards import masked, may_hold_card_data

_RECORD = logging.LogRecord
_FORMATTER = logging.Formatter()


def keep_cards_out() -> None:
    """Mask card data in every record from now on, of our loggers and of others, text and traces."""
    logging.setLogRecordFactory(_record)


def _record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = _RECORD(*args, **kwargs)
    text = record.getMessage()
    if may_hold_card_data(text):
        record.msg, record.args = masked(text), None
    if record.exc_info:
        # A formatter takes the text that is there already.
        record.exc_text = masked(_FORMATTER.formatException(record.exc_info))
    if record.stack_info:
        record.stack_info = masked(record.stack_info)
    return record
