"""What the operations that hand out files are called in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.kernel.words import Message, msg

EXPORTS: Mapping[str, Message] = {
    "exports.export_audit": msg("Exported the audit trail"),
    "exports.export_birthdays": msg("Exported the coming birthdays"),
    "exports.export_customers": msg("Exported customers"),
    "exports.export_duplicates": msg("Exported which customers are kept twice"),
    "exports.export_menu": msg("Exported the menu"),
    "exports.export_orders": msg("Exported orders"),
    "exports.export_pay": msg("Exported what people earn"),
    "exports.export_report": msg("Exported a report"),
    "exports.export_shown_customers": msg("Exported a list of customers"),
    "exports.export_shown_menu": msg("Exported a list of the menu"),
    "exports.export_shown_money": msg("Exported a list of finance"),
    "exports.export_shown_orders": msg("Exported a list of orders"),
    "exports.export_shown_pay": msg("Exported a list with pay"),
    "exports.export_shown_register": msg("Exported the register of exports"),
    "exports.export_shown_report": msg("Exported what is behind a number"),
    "exports.export_shown_sales": msg("Exported a list of shifts or findings"),
    "exports.export_shown_staff": msg("Exported a list of the staff"),
    "exports.export_shown_stock": msg("Exported a list of the stock"),
    "exports.export_shown_trail": msg("Exported a list of the audit trail"),
    "exports.export_staff": msg("Exported staff"),
    "exports.export_stock": msg("Exported the stock"),
    "exports.list_exports": msg("Looked at the register of exports"),
    "exports.note_destroyed": msg("Entered that an exported file is gone"),
}
