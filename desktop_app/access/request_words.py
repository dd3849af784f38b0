"""What requests for a second person are called: what is wanted, with which values, how far it is.

A test holds this against the deeds: one without words here cannot be merged.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.access.wording import operation_words
from desktop_app.kernel.words import Message, msg

WISHES: Mapping[str, Message] = {
    "access.add_user": msg("Let somebody sign in"),
    "access.change_user": msg("Change somebody's role or venues"),
    "access.choose_four_eyes": msg("Choose whether a deed needs a second person"),
    "access.remove_role": msg("Remove a role"),
    "access.remove_user": msg("Take somebody's access away"),
    "access.renew_recovery_key": msg("Make a new recovery key"),
    "access.replace_owner": msg("Take an owner's access away"),
    "access.reset_password": msg("Reset somebody's password"),
    "access.save_role": msg("Change a role"),
    "backup.run_backup": msg("Back up now"),
    "exchange.import_files": msg("Import files"),
    "exports.export_birthdays": msg("Export the coming birthdays"),
    "exports.export_customers": msg("Export customers"),
    "exports.export_duplicates": msg("Export which customers are kept twice"),
    "exports.export_pay": msg("Export what people earn"),
    "exports.export_shown_customers": msg("Export a list of customers"),
    "exports.export_shown_pay": msg("Export a list with pay"),
    "access.sign_alarm": msg("Close an alarm of the audit trail"),
    "backup.remove_target": msg("Remove a place for backups"),
    "privacy.write_copy": msg("Write a copy of a customer's data"),
    "reviews.sign_review": msg("Sign an access review"),
    "security.mask_cards": msg("Mask card numbers in the store"),
    "venue.change_security_setting": msg("Change a rule of security"),
}
"""What a request asks for, as it is asked: not what was done, but what is wanted."""

ARGUMENTS: Mapping[str, Message] = {
    "alarm_id": msg("Alarm"),
    "customer_id": msg("Customer"),
    "days": msg("Days"),
    "deed": msg("Deed"),
    "language": msg("Language"),
    "limits": msg("Limits"),
    "name": msg("Name"),
    "on": msg("Second person"),
    "out": msg("File"),
    "password": msg("Password"),
    "permissions": msg("Rights"),
    "reason": msg("Reason"),
    "review_id": msg("Review"),
    "role": msg("Role"),
    "role_id": msg("Number of the role"),
    "table": msg("List"),
    "text": msg("Search"),
    "to": msg("For whom"),
    "value": msg("Value"),
    "venues": msg("Only the venues"),
    "wanted": msg("Which ones"),
}
"""What the arguments of deeds are called."""

STATES: Mapping[str, Message] = {
    "waiting": msg("waiting"),
    "approved": msg("approved"),
    "refused": msg("refused"),
    "expired": msg("expired"),
    "cancelled": msg("taken back"),
    "done": msg("carried out"),
}


def state_words(state: str) -> Message:
    """Return how far a request is."""
    return STATES[state]


def wish_words(operation: str) -> Message:
    """Return what somebody wants who asks for an operation."""
    return WISHES.get(operation) or operation_words(operation)


def argument_words(name: str) -> Message:
    """Return what an argument is called."""
    return ARGUMENTS.get(name, msg("{name}", name=name))
