import json
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.kernel.errors import NotAllowedError
from desktop_app.vault import throttle
from desktop_app.vault.cost import KdfCost

from .conftest import OWNER, OWNER_PASSWORD

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def waits(misses, now=NOW):
    try:
        throttle.check(misses, "k", now)
    except NotAllowedError as error:
        return error.message.count
    return 0


def test_the_delay_doubles_from_the_third_miss_and_stops_at_a_minute():
    misses, seen = {}, []
    for _ in range(12):
        misses = throttle.missed(misses, "k", NOW)
        seen.append(waits(misses))
    assert seen == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_the_wait_can_be_read_without_trying(store):
    assert store.vault.wait_seconds(OWNER, store.clock) == 0
    for _ in range(4):
        with pytest.raises(NotAllowedError):
            store.sign_in(OWNER, "wrong")
        store.clock.at += timedelta(seconds=store.vault.wait_seconds(OWNER, store.clock))
    with pytest.raises(NotAllowedError):
        store.sign_in(OWNER, "wrong")
    assert store.vault.wait_seconds(OWNER, store.clock) == 4


def test_waiting_ends_with_the_time_told():
    misses = {"k": throttle.Misses(7, throttle.millis(NOW) + 16_000)}
    assert waits(misses, NOW + timedelta(seconds=15.5)) == 1
    assert waits(misses, NOW + timedelta(seconds=16)) == 0


def test_a_clock_set_back_does_not_lock_anybody_out():
    misses = {"k": throttle.Misses(7, throttle.millis(NOW) + 16_000)}
    assert waits(misses, NOW - timedelta(days=40)) == 0


def test_a_huge_count_is_still_a_minute():
    misses = throttle.missed({"k": throttle.Misses(10**9, 0)}, "k", NOW)
    assert waits(misses) == 60


def test_the_counters_do_not_grow_without_bound():
    misses = {}
    for number in range(300):
        misses = throttle.missed(misses, f"n{number}", NOW + timedelta(seconds=number))
    assert len(misses) == 100
    assert "n299" in misses


@pytest.mark.parametrize("name", [OWNER, "Nobody"])
def test_the_third_miss_makes_known_and_unknown_names_wait_alike(store, name, monkeypatch):
    for _ in range(3):
        with pytest.raises(NotAllowedError, match="wrong"):
            store.sign_in(name, "wrong")
    monkeypatch.setattr(KdfCost, "derive", lambda *_: pytest.fail("derived while waiting"))
    with pytest.raises(NotAllowedError, match="Wait 1 second and"):
        store.sign_in(name, OWNER_PASSWORD)


def test_the_right_password_after_the_wait_clears_the_count(store):
    for _ in range(3):
        with pytest.raises(NotAllowedError):
            store.sign_in(OWNER.upper(), "wrong")
    store.clock.at += timedelta(seconds=1)
    assert store.sign_in().name == OWNER
    body = json.loads(store.path.read_bytes())
    assert body["misses"] == {}


def test_a_miss_does_not_make_other_people_wait(store):
    for _ in range(4):
        with pytest.raises(NotAllowedError):
            store.sign_in("Nobody", "wrong")
        store.clock.at += timedelta(seconds=1)
    assert store.sign_in().name == OWNER


def test_the_counters_do_not_tell_the_names_tried(store):
    with pytest.raises(NotAllowedError):
        store.sign_in("Zemfira", "wrong")
    assert "zemfira" not in store.path.read_text("utf-8").casefold()
