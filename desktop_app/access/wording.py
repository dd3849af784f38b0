"""What operations, subjects, outcomes and actions of the audit trail are called.

A test holds this against the registry: an operation without words here cannot be merged.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.access.wording_exports import EXPORTS
from desktop_app.access.wording_menu import MENU_DEEDS
from desktop_app.db.trail import Fault
from desktop_app.kernel.words import Message, msg

OPERATIONS: Mapping[str, Message] = {
    "access.add_user": msg("Let somebody sign in"),
    "access.approve": msg("Agreed to a request"),
    "access.cancel_request": msg("Took a request back"),
    "access.change_password": msg("Changed the own password"),
    "access.change_user": msg("Changed somebody's role"),
    "access.choose_four_eyes": msg("Chose whether a deed needs a second person"),
    "access.count_events": msg("Counted the audit trail"),
    "access.drop_authenticator": msg("Put the own authenticator app away"),
    "access.drop_pin": msg("Put the own quick PIN away"),
    "access.drop_till_pins": msg("Put the own till PINs away"),
    "access.end_session": msg("Ended a session"),
    "access.finish_new_keys": msg("Gave what somebody lost new keys"),
    "access.get_changes": msg("Looked at an event of the audit trail"),
    "access.get_rights": msg("Looked at somebody's rights"),
    "access.get_sign_in": msg("Looked at the own sign-in"),
    "access.list_approvals": msg("Looked at the requests"),
    "access.list_events": msg("Read the audit trail"),
    "access.list_four_eyes": msg("Looked at which deeds need a second person"),
    "access.list_role_people": msg("Looked up who has which role"),
    "access.list_roles": msg("Looked at the roles"),
    "access.list_sessions": msg("Looked at the sessions"),
    "access.list_users": msg("Looked at who may sign in"),
    "access.note_lock": msg("Locked or closed the window"),
    "access.note_new_keys": msg("A change of keys that had been cut off came to its end"),
    "access.note_restore": msg("Restored the store from a backup"),
    "access.note_sign_in": msg("Signed in"),
    "access.open_approved": msg("Opened an approved request"),
    "access.owed_new_keys": msg("Looked at what still needs new keys"),
    "access.refuse": msg("Refused a request"),
    "access.remove_role": msg("Removed a role"),
    "access.remove_user": msg("Took somebody's access away"),
    "access.renew_recovery_key": msg("Made a new recovery key"),
    "access.replace_owner": msg("Took an owner's access away"),
    "access.request_approval": msg("Asked for a second person"),
    "access.reset_password": msg("Reset somebody's password"),
    "access.save_role": msg("Changed a role"),
    "access.session_open": msg("Looked whether a session goes on"),
    "access.set_authenticator": msg("Set up the own authenticator app"),
    "access.set_pin": msg("Chose a quick PIN"),
    "access.set_till_pin": msg("Chose a till PIN"),
    "access.show_approval": msg("Looked at a request"),
    "access.verify_approvals": msg("Checked the approvals"),
    "access.check_anchor": msg("Compared the trail with an anchor"),
    "access.check_tail": msg("Looked at the end of the audit trail"),
    "access.export_trail": msg("Exported the audit trail"),
    "access.get_anchor": msg("Made an anchor of the audit trail"),
    "access.list_alarms": msg("Looked at the alarms of the audit trail"),
    "access.sign_alarm": msg("Signed off an alarm of the audit trail"),
    "access.verify_trail": msg("Verified the audit trail"),
    "access.who_may": msg("Looked up who has a right"),
    "backup.add_target": msg("Added a place for backups"),
    "backup.count_rows": msg("Counted the rows of the store"),
    "backup.get_recovery_key": msg("Looked up the recovery key's name"),
    "backup.list_snapshots": msg("Looked at the backups"),
    "backup.list_targets": msg("Looked at the places for backups"),
    "backup.remove_target": msg("Removed a place for backups"),
    "backup.run_backup": msg("Backed up"),
    "backup.verify_backups": msg("Verified the backups"),
    "customers.add_customer": msg("Added a customer"),
    "customers.add_group": msg("Added a group of customers"),
    "customers.add_message": msg("Wrote down a message of a customer"),
    "customers.archive_customers": msg("Put customers away or took them out again"),
    "customers.change_customer": msg("Changed a customer"),
    "customers.change_group": msg("Changed a group of customers"),
    "customers.correct_balance": msg("Corrected a customer's bonus or balance"),
    "customers.get_own_card": msg("Opened a customer's card to change it"),
    "customers.give_consent": msg("Wrote down what a customer agreed to"),
    "customers.list_birthdays": msg("Looked at the coming birthdays"),
    "customers.list_duplicates": msg("Looked for customers kept twice"),
    "customers.list_groups": msg("Looked at the groups of customers"),
    "customers.list_tags": msg("Looked at the tags of customers"),
    "customers.list_apart": msg("Looked at the cards marked as two people's"),
    "customers.mark_apart": msg("Marked two cards as two people's"),
    "customers.unmark_apart": msg("Took back that two cards are two people's"),
    "customers.merge_customers": msg("Put two cards of a customer together"),
    "customers.unmerge_customers": msg("Took two cards of a customer apart"),
    "customers.remove_group": msg("Removed a group of customers"),
    "customers.tag_customers": msg("Tagged customers"),
    "customers.take_back_movement": msg("Took a movement of a customer's balance back"),
    "customers.withdraw_consent": msg("Wrote down that a customer withdrew a consent"),
    "customers.count_customers": msg("Counted customers"),
    "customers.customer_page_at": msg("Looked through the customers"),
    "customers.find_customers": msg("Searched customers"),
    "customers.get_customer": msg("Opened a customer's card"),
    "demo.fill_year": msg("Filled in the demonstration"),
    "demo.let_in_others": msg("Let the people of the demonstration in"),
    "exchange.import_files": msg("Imported files"),
    "exchange.list_imports": msg("Looked at the imports"),
    "exchange.list_readers": msg("Looked at the formats we read"),
    "exchange.preview_import": msg("Previewed an import"),
    "exchange.set_photo": msg("Gave a product its photo"),
    **EXPORTS,
    "finance.add_account": msg("Opened an account of money"),
    "finance.add_entry": msg("Entered money into the books"),
    "finance.add_money_category": msg("Added a category of money"),
    "finance.change_account": msg("Changed an account of money"),
    "finance.change_money_category": msg("Changed a category of money"),
    "finance.correct_entry": msg("Took an entry of the books back"),
    "finance.count_entries": msg("Counted the entries of the books"),
    "finance.get_cash_flow": msg("Looked at the cash flow"),
    "finance.list_accounts": msg("Looked at the accounts of money"),
    "finance.list_entries": msg("Read the books"),
    "finance.list_money_categories": msg("Looked at the categories of money"),
    "finance.transfer": msg("Moved money between accounts"),
    **MENU_DEEDS,
    "orders.count_orders": msg("Counted orders"),
    "orders.customer_sales": msg("Added up a customer's orders"),
    "orders.find_anchors": msg("Counted orders for the scroll bar"),
    "orders.get_order": msg("Opened an order"),
    "orders.list_orders": msg("Looked through the orders"),
    "orders.list_sale_types": msg("Looked at the types of sale"),
    "orders.orders_from": msg("Scrolled through the orders"),
    "privacy.next_copy_number": msg("Prepared a copy of somebody's data"),
    "privacy.write_copy": msg("Wrote a copy of a customer's data"),
    "reports.list_reports": msg("Looked at the reports"),
    "reports.rows_behind": msg("Looked at the orders behind a number"),
    "reports.run_report": msg("Made a report"),
    "reports.measure_disk": msg("Measured the free space"),
    "reports.newest_day": msg("Looked for the newest day"),
    "reports.overview": msg("Looked at the dashboard"),
    "reports.sales_by": msg("Made a sales report"),
    "reviews.check_review": msg("Checked the signature of an access review"),
    "reviews.decide": msg("Decided about somebody's access"),
    "reviews.get_review": msg("Looked at an access review"),
    "reviews.list_reviews": msg("Looked at the access reviews"),
    "reviews.is_news": msg("Looked up which rights were used"),
    "reviews.note_use": msg("Used rights for the first time that day"),
    "reviews.open_review": msg("Began an access review"),
    "reviews.review_state": msg("Looked up when the next access review is due"),
    "reviews.sign_review": msg("Signed an access review"),
    "reviews.write_review": msg("Printed an access review"),
    "sales.change_payment": msg("Changed how a receipt was paid"),
    "sales.close_shift": msg("Closed a shift with its Z report"),
    "sales.corrections_of": msg("Looked at the corrections of a receipt"),
    "sales.count_loyalty_due": msg("Counted the receipts whose bonus waits"),
    "sales.settle_loyalty": msg("Entered the bonus of receipts that waited"),
    "sales.drop_draft": msg("Dropped a receipt that was being typed"),
    "sales.enter_sale": msg("Entered a receipt by hand"),
    "sales.find_gaps": msg("Looked at the gap radar"),
    "sales.find_z": msg("Looked at a Z report"),
    "sales.get_counter": msg("Began to enter a receipt"),
    "sales.list_shifts": msg("Looked at the shifts"),
    "sales.list_tills": msg("Looked at the tills"),
    "sales.mark_gap": msg("Marked something of the gap radar as seen"),
    "sales.move_cash": msg("Put cash into the till or took it out"),
    "sales.open_shift": msg("Opened a shift"),
    "sales.keep_draft": msg("Kept a receipt that is being typed"),
    "sales.my_draft": msg("Looked for a receipt that was being typed"),
    "sales.name_till": msg("Named a till"),
    "sales.put_till_away": msg("Put a till away or brought it back"),
    "sales.quote_refund": msg("Looked at what a refund would come to"),
    "sales.quote_sale": msg("Looked at what a receipt would come to"),
    "sales.recent_gaps": msg("Looked at the newest of the gap radar"),
    "sales.refund": msg("Refunded"),
    "sales.shift_report": msg("Looked at the report of a shift"),
    "sales.void": msg("Voided a receipt"),
    "sales.draw_shift_report": msg("Printed the report of a shift on paper"),
    "sales.write_shift_report": msg("Printed the report of a shift"),
    "sales.x_report": msg("Looked at the X report"),
    "security.allow_text": msg("Said that a text is no card number"),
    "security.last_card_scan": msg("Looked at the last scan for card numbers"),
    "security.mask_cards": msg("Masked card numbers"),
    "security.scan_cards": msg("Scanned the store for card numbers"),
    "staff.list_pay": msg("Looked at the pay"),
    "staff.add_employee": msg("Added somebody to the staff"),
    "staff.add_position": msg("Added a position"),
    "staff.add_tip": msg("Wrote down tips"),
    "staff.change_employee": msg("Changed somebody of the staff"),
    "staff.clock_by_card": msg("Clocked somebody by a card"),
    "staff.clock_by_pin": msg("Clocked somebody by a PIN"),
    "staff.clock_in": msg("Clocked somebody in"),
    "staff.clock_out": msg("Clocked somebody out"),
    "staff.correct_clock": msg("Corrected working hours"),
    "staff.correct_tip": msg("Took tips back"),
    "staff.drop_token": msg("Took somebody's PIN or card away"),
    "staff.enter_hours": msg("Entered working hours"),
    "staff.get_employee": msg("Looked at somebody of the staff"),
    "staff.list_clock": msg("Looked at the time clock"),
    "staff.list_hours": msg("Looked at working hours"),
    "staff.list_labour": msg("Looked at the cost of labour"),
    "staff.list_positions": msg("Looked at the positions"),
    "staff.list_tips": msg("Looked at tips"),
    "staff.remove_position": msg("Removed a position"),
    "staff.rename_position": msg("Renamed a position"),
    "staff.set_card": msg("Gave somebody a card"),
    "staff.set_pin": msg("Gave somebody a PIN for the clock"),
    "staff.remove_pay": msg("Took a line of somebody's pay away"),
    "staff.set_pay": msg("Wrote down somebody's pay"),
    "staff.list_employees": msg("Looked at the staff"),
    "stock.approve_count": msg("Approved the difference of a stock-take"),
    "stock.count_papers": msg("Counted the papers of the stock"),
    "stock.count_places": msg("Looked up what is to be counted"),
    "stock.drop_draft": msg("Dropped a supply that was not received"),
    "stock.hand_in_count": msg("Handed in a stock-take"),
    "stock.list_counts": msg("Looked at the stock-takes"),
    "stock.list_drafts": msg("Looked at the entered supplies"),
    "stock.list_moves": msg("Looked at the moves of the stock"),
    "stock.list_packages": msg("Looked at the packages"),
    "stock.list_papers": msg("Looked at the papers of the stock"),
    "stock.list_stock": msg("Looked at the stock"),
    "stock.list_storages": msg("Looked at the storages"),
    "stock.list_to_buy": msg("Looked at what is to be bought"),
    "stock.order_supplies": msg("Entered supplies of what is to be bought"),
    "stock.list_suppliers": msg("Looked at the suppliers"),
    "stock.pay_supply": msg("Entered a payment for a supply"),
    "stock.produce": msg("Recorded a production"),
    "stock.receive_draft": msg("Received an entered supply"),
    "stock.receive_supply": msg("Received a supply"),
    "stock.refuse_count": msg("Refused a stock-take"),
    "stock.remove_package": msg("Removed a package"),
    "stock.remove_storage": msg("Removed a storage"),
    "stock.remove_supplier": msg("Removed a supplier"),
    "stock.reverse": msg("Took a paper of the stock back"),
    "stock.save_draft": msg("Entered a supply"),
    "stock.save_package": msg("Changed a package"),
    "stock.list_station_storages": msg("Looked at which storages stations take from"),
    "stock.set_station_storage": msg("Said from which storage a station takes"),
    "stock.save_storage": msg("Changed a storage"),
    "stock.save_supplier": msg("Changed a supplier"),
    "stock.show_paper": msg("Opened a paper of the stock"),
    "stock.show_variance": msg("Looked at the difference of a stock-take"),
    "stock.stock_value": msg("Looked at the value of the stock"),
    "stock.take_payments_back": msg("Took the payments for a supply back"),
    "stock.transfer": msg("Moved stock between storages"),
    "stock.write_off": msg("Wrote stock off"),
    "venue.change_security_setting": msg("Changed a rule of security"),
    "venue.change_setting": msg("Changed a setting"),
    "venue.get_settings": msg("Looked at the settings"),
    "venue.get_today": msg("Looked at the clock"),
    "venue.change_venue": msg("Changed a venue"),
    "venue.list_venues": msg("Looked at the list of venues"),
    "venue.get_venue": msg("Looked at the restaurant's details"),
    "venue.open_venue": msg("Opened the books of the restaurant"),
}

EVENTS: Mapping[str, Message] = {
    "access.set_password_for": msg("Gave somebody a new password"),
    "clock.went_back": msg("The computer's clock was set back"),
    "program.changed": msg("Used another version of the program"),
    "program.second_start": msg("Started the program a second time; the first window was shown"),
    "session.end": msg("Signed out"),
    "sign_in.failed": msg("Could not sign in"),
    "store.upgraded": msg("Upgraded the store for a newer program"),
    "keyring.changed": msg("The computer's keyring remembers another store or roster"),
    "trail.carried_over": msg("Sealed the audit trail of the first release"),
    "trail.sealed_rows": msg("Sealed the rows about money of an earlier program"),
    "trail.emptied": msg("(the contents were lawfully taken away)"),
    "trail.unreadable": msg("(the contents do not open)"),
}
"""What happens without being an operation, and operations of earlier programs."""

FAULTS: Mapping[Fault, Message] = {
    Fault.MISSING: msg("an event was taken out, or another was put in its place"),
    Fault.ORDER: msg("it does not follow the event before it"),
    Fault.CONTENT: msg("its contents were exchanged"),
    Fault.FACTS: msg("its time, session, number or checksum was changed"),
    Fault.SIGNATURE: msg("the signature on it is not of the person it names"),
    Fault.STRANGER: msg("it belongs to a session of nobody who may sign in here"),
    Fault.SHUT: msg("its contents do not open with the key of its session"),
    Fault.NAME: msg("it names somebody else than the person whose session it is"),
    Fault.CUT_OFF: msg("the trail ends before it, although it is remembered: it was cut off"),
    Fault.REWRITTEN: msg("another event is remembered here: the trail was rewritten"),
    Fault.ROWS: msg("rows about money are not as this event wrote them"),
}
"""What does not fit in a trail; begins after “event 17:”."""

OUTCOMES: Mapping[str, Message] = {"done": msg("Done"), "refused": msg("Refused")}

ACTIONS: Mapping[str, Message] = {
    "add": msg("Added"),
    "change": msg("Changed"),
    "remove": msg("Removed"),
    "import": msg("Imported"),
    "sum": msg("Added to sums"),
    "seal": msg("Sealed"),
}

WAYS: Mapping[str, Message] = {
    "password": msg("password"),
    "password and app code": msg("password and app code"),
    "one-time code": msg("one-time code"),
    "pin": msg("PIN"),
    "till pin": msg("till PIN"),
    "recovery key": msg("recovery key"),
}

_SUBJECTS: Mapping[str, Message] = {
    "backup target": msg("Place for backups “{name}”"),
    "customer": msg("Customer {name}"),
    "employee": msg("Staff member {name}"),
    "account": msg("Account of money {name}"),
    "entry": msg("Entry of the books {name}"),
    "transfer": msg("Transfer {name}"),
    "import": msg("Import {name}"),
    "review": msg("Access review {name}"),
    "deed": msg("Deed {name}"),
    "order": msg("Receipt {name}"),
    "request": msg("Request {name}"),
    "role": msg("Role “{name}”"),
    "shift": msg("Shift {name}"),
    "snapshot": msg("Backup {name}"),
    "user": msg("User {name}"),
}


def operation_words(name: str) -> Message:
    """Return what an operation is called; its own name where a newer program wrote it."""
    return OPERATIONS.get(name) or EVENTS.get(name) or msg("{name}", name=name)


def fault_words(fault: Fault) -> Message:
    """Return what does not fit."""
    return FAULTS[fault]


def outcome_words(outcome: str) -> Message:
    """Return what became of an operation."""
    return OUTCOMES.get(outcome, msg("{name}", name=outcome))


def action_words(action: str) -> Message:
    """Return what was done to a row."""
    return ACTIONS.get(action, msg("{name}", name=action))


def subject_words(subject: str) -> Message:
    """Return what an event is about: `customer 17` becomes “Customer 17”."""
    for kind, said in _SUBJECTS.items():
        if subject.startswith(f"{kind} "):
            return Message(said.text, {"name": subject.removeprefix(f"{kind} ")})
    return msg("Demonstration") if subject == "demonstration" else msg("{name}", name=subject)


def way_words(way: str) -> Message:
    """Return by what somebody signed in."""
    return WAYS.get(way, msg("{name}", name=way))


def program_words(program: str) -> Message:
    """Return which program somebody signed in with, and its version."""
    kind, _, version = program.rpartition(" ")
    if kind == "window":
        return msg("window, version {version}", version=version)
    if kind == "command line":
        return msg("command line, version {version}", version=version)
    return msg("{name}", name=program)
