"""The list of screens, in the order of the sidebar."""

from __future__ import annotations

from desktop_app.gui.navigation import Group, ScreenSpec
from desktop_app.gui.screens.access.page import AccessScreen
from desktop_app.gui.screens.approvals.page import ApprovalsScreen
from desktop_app.gui.screens.audit.page import AuditScreen
from desktop_app.gui.screens.backups.page import BackupsScreen
from desktop_app.gui.screens.customers.page import CustomersScreen
from desktop_app.gui.screens.dashboard.page import DashboardScreen
from desktop_app.gui.screens.exports.page import ExportsScreen
from desktop_app.gui.screens.finance.page import FinanceScreen
from desktop_app.gui.screens.gaps.page import GapsScreen
from desktop_app.gui.screens.imports.page import ImportsScreen
from desktop_app.gui.screens.menu.page import MenuScreen
from desktop_app.gui.screens.orders.page import OrdersScreen
from desktop_app.gui.screens.reports.page import ReportsScreen
from desktop_app.gui.screens.reviews.page import ReviewsScreen
from desktop_app.gui.screens.settings.page import SettingsScreen
from desktop_app.gui.screens.shifts.page import ShiftsScreen
from desktop_app.gui.screens.staff.page import StaffScreen
from desktop_app.gui.screens.stock.page import StockScreen
from desktop_app.kernel.access import Permission
from desktop_app.kernel.words import msg

SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec(
        "dashboard",
        msg("Dashboard"),
        msg("How the day goes"),
        "layout-dashboard",
        Group.OVERVIEW,
        Permission.ANYONE,
        DashboardScreen,
        "home overview sales today",
    ),
    ScreenSpec(
        "orders",
        msg("Orders"),
        msg("Find and check what was sold"),
        "receipt-text",
        Group.OVERVIEW,
        Permission.ORDERS_READ,
        OrdersScreen,
        "sales receipts checks bills",
    ),
    ScreenSpec(
        "approvals",
        msg("Approvals"),
        msg("What needs a second person, and what you have asked for"),
        "circle-check",
        Group.OVERVIEW,
        Permission.ANYONE,
        ApprovalsScreen,
        "four eyes second person requests agree refuse",
    ),
    ScreenSpec(
        "menu",
        msg("Menu"),
        msg("Dishes, goods and ingredients: their cards, prices and what they cost"),
        "utensils",
        Group.TRADE,
        Permission.MENU_READ,
        MenuScreen,
        "dishes products goods recipes technical cards prices stop list categories ingredients",
    ),
    ScreenSpec(
        "shifts",
        msg("Shifts"),
        msg("The till: cash in and out, X and Z reports"),
        "wallet",
        Group.TRADE,
        Permission.SHIFTS_READ,
        ShiftsScreen,
        "till cash drawer z report x report close open kassa",
    ),
    ScreenSpec(
        "gaps",
        msg("Gap radar"),
        msg("Holes in numbers, and corrections to look at twice"),
        "search",
        Group.TRADE,
        Permission.ORDERS_READ,
        GapsScreen,
        "holes missing receipts fraud voids refunds control",
    ),
    ScreenSpec(
        "stock",
        msg("Stock"),
        msg("What there is and what it is worth, supplies, write-offs and stock-takes"),
        "package",
        Group.TRADE,
        Permission.ANYONE,
        StockScreen,
        "storage inventory supplies suppliers invoices write-off transfer count variance",
    ),
    ScreenSpec(
        "reports",
        msg("Reports"),
        msg("Figures over any period, held against another, and what is behind them"),
        "chart-column",
        Group.TRADE,
        Permission.REPORTS_READ,
        ReportsScreen,
        "figures sales abc menu engineering average check taxes excel pdf chart",
    ),
    ScreenSpec(
        "finance",
        msg("Finance"),
        msg("What came in and went out, and what lies in the accounts"),
        "banknote",
        Group.TRADE,
        Permission.FINANCE_READ,
        FinanceScreen,
        "money cash flow accounts balances income expenses categories bank till",
    ),
    ScreenSpec(
        "customers",
        msg("Customers"),
        msg("Find people, their consents and their orders"),
        "contact",
        Group.PEOPLE,
        Permission.ANYONE,
        CustomersScreen,
        "guests clients people contacts consent privacy",
    ),
    ScreenSpec(
        "staff",
        msg("Staff and hours"),
        msg("Who works here, when they worked, and what it cost"),
        "user-round",
        Group.PEOPLE,
        Permission.STAFF_READ,
        StaffScreen,
        "employees people time clock hours labour cost tips positions waiters pin card",
    ),
    ScreenSpec(
        "access",
        msg("Access"),
        msg("Who may do what: people, roles, and your own rights"),
        "users",
        Group.PEOPLE,
        Permission.ANYONE,
        AccessScreen,
        "users people roles rights permissions password reset my rights",
    ),
    ScreenSpec(
        "reviews",
        msg("Access review"),
        msg("Who may do what, what they used, and whether they still need it"),
        "book-open-check",
        Group.PEOPLE,
        Permission.REVIEWS_CONDUCT,
        ReviewsScreen,
        "who has access rights quarter sign leavers unused",
    ),
    ScreenSpec(
        "backups",
        msg("Backups"),
        msg("Where they lie, whether they are good, and bringing one back"),
        "database-backup",
        Group.SAFETY,
        Permission.BACKUPS_READ,
        BackupsScreen,
        "restore copies safety recovery usb verify",
    ),
    ScreenSpec(
        "exchange",
        msg("Import"),
        msg("Take over sales and customers from files of your till"),
        "arrow-left-right",
        Group.SAFETY,
        Permission.IMPORTS_READ,
        ImportsScreen,
        "upload csv files square pos data",
    ),
    ScreenSpec(
        "exports",
        msg("Exports"),
        msg("Which files left the house, for whom, and whether they are gone again"),
        "file-down",
        Group.SAFETY,
        Permission.PRIVACY_HANDLE,
        ExportsScreen,
        "register files recipients download xlsx csv",
    ),
    ScreenSpec(
        "audit",
        msg("Audit trail"),
        msg("Who did what, and the proof that nothing was taken out"),
        "scroll-text",
        Group.SAFETY,
        Permission.AUDIT_READ,
        AuditScreen,
        "log history who did what verify",
    ),
    ScreenSpec(
        "settings",
        msg("Settings"),
        msg("How you sign in, and what the restaurant has chosen"),
        "settings",
        Group.BOTTOM,
        Permission.ANYONE,
        SettingsScreen,
        "password language options",
    ),
)
