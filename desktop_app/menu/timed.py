"""What is sold by the minute: what a time comes to. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.quantity import ONE
from desktop_app.kernel.words import msg

MOST_MINUTES = 31 * 24 * 60
"""A month: what is taken for longer is rented."""


@dataclass(frozen=True, slots=True)
class TimedTerms:
    """A price is for `interval` minutes; begun steps are paid whole, and `least` minutes always."""

    interval: int = 60
    step: int = 1
    least: int = 0


HOURLY = TimedTerms()


def check_terms(terms: TimedTerms) -> TimedTerms:
    """Return terms that can be kept; InvalidError names the field that cannot."""
    if not 0 < terms.interval <= MOST_MINUTES:
        raise InvalidError(
            msg("A price is for at least one minute and at most a month."), field="interval"
        )
    if not 0 < terms.step <= MOST_MINUTES:
        raise InvalidError(
            msg("Time is counted in steps of at least one minute and at most a month."),
            field="step",
        )
    if not 0 <= terms.least <= MOST_MINUTES:
        raise InvalidError(msg("The least time is from nothing to a month."), field="least")
    return terms


def billed_minutes(terms: TimedTerms, minutes: int) -> int:
    """Return how many minutes are paid for a time: begun steps whole, at least the least time."""
    if not 0 < minutes <= MOST_MINUTES:
        raise InvalidError(
            msg("A time is from one minute to a month."),
            field="minutes",
            hint=msg("Enter whole minutes: an hour and a half are 90."),
        )
    return max(-(-minutes // terms.step) * terms.step, terms.least)


def timed_quantity(terms: TimedTerms, minutes: int) -> int:
    """Return a time in thousandths of the interval, rounded: what stands on the receipt."""
    return max((billed_minutes(terms, minutes) * ONE + terms.interval // 2) // terms.interval, 1)


def timed_amount(price_minor: int, terms: TimedTerms, minutes: int) -> int:
    """Return what a time costs at a price for the interval, halves rounded up.

    It is worked out from the minutes and not from the rounded quantity: 100 minutes at 60.00 an
    hour are 100.00.
    """
    whole = price_minor * billed_minutes(terms, minutes)
    return (whole + terms.interval // 2) // terms.interval
