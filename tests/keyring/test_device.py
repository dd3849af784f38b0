"""The keyring binding against a real gnome-keyring, and without any."""

import json
import sys
from pathlib import Path

import pytest

from tests.keyring.secret_service import run_with_keyring, run_without_bus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Secret Service is Linux only")

_SETUP = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.device import Device
from desktop_app.vault.store_keys import Vault

folder = Path({folder!r})
clock = FrozenClock(datetime(2026, 3, 1, tzinfo=UTC))
device = Device(folder)
words = "çay qənd limon stəkan"

def create():
    return Vault.create(
        folder, "Ənvər", words, clock=clock, cost=KdfCost.FLOOR, device=device
    )

def sign_in():
    return Vault.open(folder).unlock("Ənvər", words, clock=clock, device=device)

def tell(**facts):
    print(json.dumps(facts))

def delete_store():
    for path in folder.iterdir():
        path.unlink()
"""


def program(folder: Path, text: str) -> str:
    return _SETUP.format(folder=str(folder / "store")) + text


def test_a_real_keyring_pins_the_store_and_reads_it_back(tmp_path):
    told = run_with_keyring(
        program(
            tmp_path,
            """
vault, made, _ = create()
again = sign_in()
import keyring
entry = json.loads(keyring.get_password("clopos-desk", device._account))
tell(
    backend=type(keyring.get_keyring()).__module__,
    pinned=entry["root"] == vault.root_fingerprint,
    same=made.device.secret == again.device.secret,
    length=len(again.device.secret),
    unavailable=str(again.device.unavailable or ""),
    notices=[str(n) for n in again.notices],
)
""",
        ),
        tmp_path,
    )
    assert json.loads(told) == {
        "backend": "keyring.backends.SecretService",
        "pinned": True,
        "same": True,
        "length": 32,
        "unavailable": "",
        "notices": [],
    }


def test_a_replaced_store_is_noticed_until_a_person_trusts_it(tmp_path):
    told = run_with_keyring(
        program(
            tmp_path,
            """
first, _, _ = create()
known = first.root_fingerprint
delete_store()
second = Vault.create(folder, "Ənvər", words, clock=clock, cost=KdfCost.FLOOR)[0]
notices = [[str(n) for n in sign_in().notices] for _ in range(2)]
device.trust(second.root_fingerprint, second.epoch)
tell(known=known, found=second.root_fingerprint, notices=notices,
     after=[str(n) for n in sign_in().notices])
""",
        ),
        tmp_path,
    )
    facts = json.loads(told)
    for notices in facts["notices"]:
        assert len(notices) == 1
        assert facts["known"] in notices[0]
        assert facts["found"] in notices[0]
    assert facts["after"] == []


def test_an_older_list_of_users_put_back_is_noticed(tmp_path):
    told = run_with_keyring(
        program(
            tmp_path,
            """
_, owner, _ = create()
old = (folder / "keys.json").read_bytes()
owner.put_secret("smtp", b"x", Permission.ORDERS_READ)
seen = sign_in().notices
(folder / "keys.json").write_bytes(old)
tell(seen=len(seen), notices=[str(n) for n in sign_in().notices])
""",
        ),
        tmp_path,
    )
    facts = json.loads(told)
    assert facts["seen"] == 0
    assert "An older list of users has been put back: number 1," in facts["notices"][0]


def test_an_entry_somebody_spoilt_is_made_anew(tmp_path):
    told = run_with_keyring(
        program(
            tmp_path,
            """
create()
import keyring
keyring.set_password("clopos-desk", device._account, "not ours")
again = sign_in()
tell(length=len(again.device.secret), notices=len(again.notices))
""",
        ),
        tmp_path,
    )
    assert json.loads(told) == {"length": 32, "notices": 0}


_SIGNED_IN_WITHOUT = """
create()
unlocked = sign_in()
tell(
    unavailable=str(unlocked.device.unavailable),
    secret=unlocked.device.secret is None,
    keys=len(unlocked.domain_keys),
    notices=len(unlocked.notices),
)
"""


def assert_plainly_without(told: str) -> None:
    facts = json.loads(told)
    assert facts.pop("unavailable").startswith("This computer has no keyring that keeps secrets")
    assert facts == {"secret": True, "keys": 3, "notices": 0}


def test_without_d_bus_passwords_work_and_the_reason_is_said(tmp_path):
    assert_plainly_without(run_without_bus(program(tmp_path, _SIGNED_IN_WITHOUT), tmp_path))


def test_with_a_bus_but_no_keyring_passwords_work_and_the_reason_is_said(tmp_path):
    told = run_with_keyring(program(tmp_path, _SIGNED_IN_WITHOUT), tmp_path, unlocked=False)
    assert_plainly_without(told)


@pytest.mark.parametrize(
    "backend", ["plain_keyring.Keyring", "keyring.backends.null.Keyring", "no.such.Keyring"]
)
def test_a_keyring_that_does_not_encrypt_is_refused(tmp_path, backend):
    (tmp_path / "plain_keyring.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        "class Keyring(KeyringBackend):\n"
        "    priority = 9\n"
        "    def get_password(self, service, username): raise AssertionError('asked')\n"
        "    def set_password(self, service, username, password): raise AssertionError('told')\n"
        "    def delete_password(self, service, username): raise AssertionError('told')\n",
        encoding="utf-8",
    )
    text = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    told = run_without_bus(
        text + program(tmp_path, _SIGNED_IN_WITHOUT), tmp_path, PYTHON_KEYRING_BACKEND=backend
    )
    assert_plainly_without(told)


def test_a_bus_address_where_nobody_listens_is_no_reason_to_crash(tmp_path):
    told = run_without_bus(
        program(tmp_path, _SIGNED_IN_WITHOUT),
        tmp_path,
        DBUS_SESSION_BUS_ADDRESS=f"unix:path={tmp_path}/nobody",
        PYTHON_KEYRING_BACKEND="keyring.backends.SecretService.Keyring",
    )
    facts = json.loads(told)
    assert "Passwords work as usual" in facts["unavailable"]
    assert facts["keys"] == 3
