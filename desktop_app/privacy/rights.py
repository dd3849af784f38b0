"""The rights of a person, in one sentence each (privacy policy, 7; law 998-IIIQ; GDPR 15 to 22)."""

from __future__ import annotations

from desktop_app.kernel.words import msg
from desktop_app.privacy.records import Right

LAWS = msg(
    "Law of the Republic of Azerbaijan No 998-IIIQ of 11 May 2010 on personal data; GDPR, "
    "articles 15 and 20, where it applies"
)

RIGHTS = (
    Right(msg("Correction"), msg("Tell us what is wrong or missing; we correct it.")),
    Right(
        msg("Deletion"),
        msg("Ask us to delete your data; we say what a law makes us keep, and until when."),
    ),
    Right(msg("Restriction"), msg("Ask us to keep your data but not use them for a time.")),
    Right(msg("Objection"), msg("Object to a use that rests on our interest.")),
    Right(
        msg("Opt-out"),
        msg("Withdraw your consent to offers at any time; nothing else changes for you."),
    ),
    Right(
        msg("Data to take along"),
        msg("The file data.json inside this document holds the same data for other programs."),
    ),
    Right(
        msg("Complaint"),
        msg("Turn to us first, or to the data protection authority at any time."),
    ),
)
