"""The list of screens, in the order of the sidebar."""

from __future__ import annotations

from desktop_app.gui.navigation import Group, ScreenSpec
from desktop_app.gui.screens.customers.page import CustomersScreen
from desktop_app.gui.screens.dashboard.page import DashboardScreen
from desktop_app.gui.screens.orders.page import OrdersScreen
from desktop_app.gui.screens.settings.page import SettingsScreen
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
        "settings",
        msg("Settings"),
        msg("What the restaurant has chosen, and who may sign in"),
        "settings",
        Group.BOTTOM,
        Permission.ANYONE,
        SettingsScreen,
        "users password language options",
    ),
)
