"""Check an exported audit trail of Clopos Desk without Clopos Desk.

    python verify_trail.py TRAIL.jsonl ["48,213 7QK3-9MZD-4T2H-XA0F" ...]

Needs Python 3.9 or newer and the package `cryptography`. The export is JSON, one object a line: the
first names the store and the public keys of its people, then come the sessions, then the events.
Anchors that were printed on paper may be given after the file. Exit code 0: everything fits.
"""

import base64
import hashlib
import json
import struct
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PARTS = struct.Struct(">Q32sQQQqQ16sQ32sQB")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def labelled(label, *parts):
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"clopos-desk/{label}".encode() + b"\0" + text.encode()


def signed(public, purpose, message, signature):
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(signature, labelled("sign/v1", purpose) + message)
    except (InvalidSignature, ValueError):
        return False
    return True


def raw(text):
    return None if text is None else base64.b64decode(text)


def session_name(install, one):
    parts = (
        install,
        str(one["box"]),
        one["user"],
        raw(one["sign_key"]).hex(),
        str(one["started_ms"]),
        raw(one["sealed_key"]).hex(),
    )
    return hashlib.sha256(labelled("trail/session-name/v1", *parts)).digest()[:16]


def genuine(install, one, users):
    name, key = raw(one["id"]), raw(one["sign_key"])
    if session_name(install, one) != name:
        return False
    if not key:  # opened with the recovery key, which cannot sign
        return one["user"] == ""
    known = [raw(text) for text in users.get(one["user"], {}).get("keys", [])]
    return key in known and signed(key, "trail/session/v1", name, raw(one["signature"]) or b"")


def code(head):
    number = int.from_bytes(head[:10], "big")
    return "".join(CROCKFORD[number >> 5 * i & 31] for i in range(15, -1, -1))


def anchors(texts):
    found = {}
    for text in texts:
        squeezed = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
        digits = squeezed[:-16].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for old, new in ("O0", "I1", "L1"):
            digits = digits.replace(old, new)
        typed = squeezed[-16:]
        for old, new in ("O0", "I1", "L1"):
            typed = typed.replace(old, new)
        found[int(digits)] = typed
    return found


def check(lines, wanted):
    """Return (events, signatures, complaint); the complaint is empty where everything fits."""
    head = json.loads(next(lines))
    if head.get("format") != "clopos-desk trail/1":
        return 0, 0, "this is no exported trail"
    install, users, sessions = head["install"], head["users"], {}
    previous, seq, signatures = bytes(32), 0, 0
    for line in lines:
        one = json.loads(line)
        if "box" in one:
            if not genuine(install, one, users):
                return seq, signatures, f"the session {raw(one['id']).hex()} is nobody's here"
            sessions[raw(one["id"])] = one
            continue
        seq += 1
        session, content, own = raw(one["session"]), raw(one["content_hash"]), raw(one["hash"])
        sealed, signature = raw(one["sealed"]), raw(one["signature"])
        if one["seq"] != seq or raw(one["previous"]) != previous:
            return seq - 1, signatures, f"event {seq}: one was taken out or put in before it"
        if sealed and hashlib.sha256(sealed).digest() != content:
            return seq - 1, signatures, f"event {seq}: its contents were exchanged"
        if len(session) != 16 or len(content) != 32 or session not in sessions:
            return seq - 1, signatures, f"event {seq}: its session is not known"
        parts = PARTS.pack(
            32,
            previous,
            8,
            seq,
            8,
            one["at_ms"],
            16,
            session,
            32,
            content,
            1,
            signature is not None,
        )
        if hashlib.sha256(b"trail/v2" + parts).digest() != own:
            return seq - 1, signatures, f"event {seq}: its checksum does not fit"
        if signature is not None:
            note = f"clopos-desk/trail/{install}\n{seq}\n{base64.b64encode(own).decode()}\n"
            key = raw(sessions[session]["sign_key"])
            if not signed(key, "trail/checkpoint/v1", note.encode(), signature):
                return seq - 1, signatures, f"event {seq}: the signature is not its person's"
            signatures += 1
        if seq in wanted and wanted.pop(seq) != code(own):
            return seq - 1, signatures, f"event {seq}: the anchor on paper is another"
        previous = own
    if seq != head["events"]:
        return seq, signatures, f"{head['events']} events were exported, {seq} are here"
    if wanted:
        return (
            seq,
            signatures,
            f"event {min(wanted)}: anchored on paper, the trail ends before",
        )
    return seq, signatures, ""


def main(arguments):
    if not arguments:
        print(__doc__)
        return 2
    with open(arguments[0], encoding="utf-8") as file:
        events, signatures, complaint = check(iter(file), anchors(arguments[1:]))
    print(f"{events} events, {signatures} signatures: {complaint or 'everything fits'}")
    return 1 if complaint else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
