"""Coming back with a PIN: nothing of it outlives the day, five misses, or the program."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.vault import quick, sealing
from desktop_app.vault.extras import PinLock
from desktop_app.vault.quick import QuickUnlock, Remembered, lock_of
from desktop_app.vault.slots import KeyPair

PIN, WRONG = "8305", "8306"
WHO = Remembered("a1", "Lalə")


@pytest.fixture(scope="module")
def lock() -> PinLock:
    return lock_of(PIN)


class Seconds:
    """The clock that neither sleeps nor is set back."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    made = Seconds()
    monkeypatch.setattr(quick, "monotonic", made)
    return made


@pytest.fixture
def keys() -> KeyPair:
    return KeyPair.random()


@pytest.fixture
def kept(clock: FrozenClock, lock: PinLock, keys: KeyPair, seconds: Seconds) -> QuickUnlock:
    made = QuickUnlock(clock)
    made.remember(WHO, keys, lock)
    return made


def miss(kept: QuickUnlock, seconds: Seconds) -> NotAllowedError:
    seconds.now += 60
    with pytest.raises(NotAllowedError) as refused:
        kept.open(WHO.user_id, WRONG)
    return refused.value


def test_the_pin_brings_the_keys_back(kept, keys):
    assert kept.people() == [WHO]
    found = kept.open(WHO.user_id, PIN)
    assert (found.sign_key, found.box_key) == (keys.sign_key, keys.box_key)


def test_nobody_comes_back_who_gave_no_password_today(kept):
    with pytest.raises(NotAllowedError, match="after the password"):
        kept.open("b2", PIN)


def test_a_wrong_pin_says_how_many_tries_are_left(kept, seconds):
    assert "4 tries" in str(miss(kept, seconds).hint)


def test_after_five_misses_the_keys_are_gone(kept, seconds):
    sealed = kept._kept[WHO.user_id].sealed
    for _ in range(5):
        last = miss(kept, seconds)
    assert "after the password" in str(last)
    assert not any(sealed)
    assert kept.people() == []
    with pytest.raises(NotAllowedError, match="after the password"):
        kept.open(WHO.user_id, PIN)


def test_the_right_pin_begins_the_count_anew(kept, seconds):
    for _ in range(3):
        for _ in range(4):
            miss(kept, seconds)
        seconds.now += 60
        kept.open(WHO.user_id, PIN)
    assert kept.people() == [WHO]


def test_from_the_third_miss_on_there_is_a_wait(kept, seconds):
    for _ in range(3):
        miss(kept, seconds)
    with pytest.raises(NotAllowedError, match="Wait 1 second"):
        kept.open(WHO.user_id, PIN)
    assert kept.wait_seconds(WHO.user_id) == 1
    seconds.now += 1.1
    assert kept.wait_seconds(WHO.user_id) == 0
    kept.open(WHO.user_id, PIN)


def test_a_wait_is_no_miss(kept, seconds):
    for _ in range(3):
        miss(kept, seconds)
    for _ in range(9):
        with pytest.raises(NotAllowedError, match="Wait"):
            kept.open(WHO.user_id, WRONG)
    assert "1 try" in str(miss(kept, seconds).hint)


def test_after_twelve_hours_the_password_is_needed(kept, clock):
    clock.at += timedelta(hours=11, minutes=59)
    assert kept.people() == [WHO]
    clock.at += timedelta(minutes=1)
    assert kept.people() == []


def test_a_clock_set_back_gives_no_more_hours(kept, clock, seconds):
    clock.at -= timedelta(minutes=3)
    assert kept.people() == []


def test_a_clock_that_stands_still_gives_no_more_hours(kept, seconds):
    seconds.now += 12 * 3600
    assert kept.people() == []


def test_forgetting_overwrites_what_was_kept(kept, lock, keys):
    kept.remember(Remembered("b2", "Rauf"), KeyPair.random(), lock)
    sealed = [one.sealed for one in kept._kept.values()]
    kept.forget("b2")
    assert kept.people() == [WHO]
    kept.forget_all()
    assert kept.people() == []
    assert not any(any(one) for one in sealed)


def test_one_persons_keys_do_not_open_as_anothers(kept, lock):
    kept.remember(Remembered("b2", "Rauf"), KeyPair.random(), lock)
    mine, theirs = kept._kept[WHO.user_id], kept._kept["b2"]
    mine.sealed, theirs.sealed = theirs.sealed, mine.sealed
    with pytest.raises(NotAllowedError, match="PIN is wrong"):
        kept.open(WHO.user_id, PIN)


def test_a_managers_pin_signs_once(kept, keys):
    signer = kept.signer(WHO.user_id, PIN)
    signature = signer.sign("override/v1", b"discount 15 % on 12")
    assert sealing.verify(keys.sign_key, "override/v1", b"discount 15 % on 12", signature)
    assert signer.name == WHO.name
    with pytest.raises(NotAllowedError, match="one signature"):
        signer.sign("override/v1", b"discount 90 % on 13")


def test_a_wrong_pin_signs_nothing(kept, seconds):
    with pytest.raises(NotAllowedError, match="PIN is wrong"):
        kept.signer(WHO.user_id, WRONG)


def test_a_pin_tried_first_by_everybody_is_not_taken():
    with pytest.raises(InvalidError):
        lock_of("1234")


def test_no_pin_and_no_key_is_printed(kept, lock):
    shown = f"{lock!r} {kept.people()!r} {kept.signer(WHO.user_id, PIN)!r}"
    assert PIN not in shown
    assert str(lock.key)[2:-1] not in shown


def test_who_else_has_this_pin_is_found_without_counting_a_try(kept, lock, seconds):
    kept.remember(Remembered("b2", "Rauf"), KeyPair.random(), lock_of("4802"))
    for _ in range(6):
        assert kept.also_opens(PIN, but="c3") == [WHO.user_id]
    assert kept.also_opens(PIN, but=WHO.user_id) == []
    kept.open(WHO.user_id, PIN)
