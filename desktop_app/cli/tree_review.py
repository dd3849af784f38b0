"""The commands about reviews of access."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.cli.values import row_id
from desktop_app.kernel.words import Message, msg
from desktop_app.reviews.records import Decision

_ID = opt(
    "--id",
    metavar="ID",
    type=row_id,
    dest="review",
    about=msg("Which review; the open one, or the newest, if it is left out."),
)

REVIEWS = (
    Command("access review status", msg("Say when the next review is due."), "reviews:status"),
    Command("access review list", msg("List the reviews, newest first."), "reviews:list_reviews"),
    Command("access review start", msg("Begin a review, or go on with it."), "reviews:start"),
    Command(
        "access review show",
        msg("Show who may do what, and what was decided."),
        "reviews:show",
        (_ID,),
    ),
    Command(
        "access review decide",
        msg("Decide what becomes of somebody's access."),
        "reviews:decide",
        (
            opt("name", metavar="NAME", about=msg("Whose access.")),
            opt(
                "decision",
                metavar="DECISION",
                choices=tuple(word.value for word in Decision),
                about=msg("keep, change or remove."),
            ),
            opt("--reason", metavar="TEXT", default="", about=msg("Why, in a few words.")),
        ),
    ),
    Command(
        "access review sign",
        msg("Sign the open review and take away what was decided."),
        "reviews:sign",
        (opt("--out", metavar="FILE.pdf", about=msg("Also write it as a PDF.")),),
    ),
    Command(
        "access review print",
        msg("Write a signed review as a PDF."),
        "reviews:print_review",
        (_ID, opt("--out", metavar="FILE.pdf", required=True, about=msg("The file to write."))),
    ),
    Command(
        "access review verify",
        msg("Check the signature of a review."),
        "reviews:verify",
        (_ID,),
    ),
)

REVIEW_GROUPS: Mapping[str, Message] = {
    "access": msg("Who may do what."),
    "access review": msg("Reviews of who has access."),
}
