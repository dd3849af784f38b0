"""Settings of the restaurant."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.settings import SETTINGS
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import changing, get_settings


def list_settings(call: Call, desk: Desk) -> Answer:
    """List every setting with its value."""
    values = desk.do(get_settings)
    return Answer(
        {
            "rows": [
                {
                    "id": setting.name,
                    "name": setting.name,
                    "value": values[setting.name],
                    "default": setting.default,
                    "description": call.words.of(setting.description),
                }
                for setting in SETTINGS.values()
            ],
            "next": None,
        },
        [
            Table(
                [Column(msg("Setting")), Column(msg("Value"), right=True), Column(msg("Meaning"))],
                [
                    [setting.name, values[setting.name], call.words.of(setting.description)]
                    for setting in SETTINGS.values()
                ],
            )
        ],
    )


def change(call: Call, desk: Desk) -> Answer:
    """Change a setting."""
    name, value = call.options.name, call.options.value
    desk.do(changing(name), name, value)
    return Answer(
        {"name": name, "value": value}, [msg("“{name}” is {value} now.", name=name, value=value)]
    )
