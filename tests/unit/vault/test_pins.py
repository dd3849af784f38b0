"""Which PINs are taken."""

import pytest

from desktop_app.kernel.errors import InvalidError
from desktop_app.vault import pins


@pytest.mark.parametrize("pin", ["8305", "4917", "60418", "583920", "71048352", "903174865230"])
def test_ordinary_pins_are_taken(pin):
    pins.check(pin)


@pytest.mark.parametrize(
    "pin",
    [
        *("0000", "1111", "777777", "1234", "4321", "0123", "9876", "123456", "654321"),
        *("1212", "123123", "1122", "112233", "1221", "2580", "147258", "159753"),
        *("1987", "2004", "1999", "0311", "1103", "3112", "031187", "110387", "870311"),
        *("03111987", "19871103", "11031987"),
    ],
)
def test_what_is_tried_first_is_refused(pin):
    with pytest.raises(InvalidError, match="first that anybody tries") as refused:
        pins.check(pin)
    assert pin not in str(refused.value)


@pytest.mark.parametrize("pin", ["", "83", "830", "83o5", "8 305", "٨٣٠٥", "-8305", "8" * 13])
def test_four_to_twelve_digits_are_asked_for(pin):
    with pytest.raises(InvalidError, match="4 to 12 digits"):
        pins.check(pin)


def test_a_till_pin_has_six_digits_at_least():
    with pytest.raises(InvalidError, match="6 to 12 digits"):
        pins.check("83052", least=pins.TILL_LEAST)
    pins.check("830572", least=pins.TILL_LEAST)


def test_nine_of_ten_pins_of_four_digits_remain():
    taken = 0
    for number in range(10_000):
        try:
            pins.check(f"{number:04d}")
        except InvalidError:
            continue
        taken += 1
    assert taken > 8_800
