"""Backups while somebody is signed in: places, runs, lists, checks."""

from __future__ import annotations

from typing import Any

from desktop_app.backup import operations as backup
from desktop_app.backup.records import RunResult
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Facts, Shown, Table
from desktop_app.kernel.errors import DamagedError
from desktop_app.kernel.words import msg, msgs


def add_target(call: Call, desk: Desk) -> Answer:
    """Set up a place for backups."""
    name, url = call.options.name, call.options.url
    target_id = desk.do(backup.add_target, name, url)
    return Answer(
        {
            "id": str(target_id),
            "name": name,
            "url": url,
            "recovery_key_id": desk.app.recovery_key_id,
        },
        [msg("Backups go to “{name}” from now on: {url}", name=name, url=url)],
    )


def remove_target(call: Call, desk: Desk) -> Answer:
    """Back up to a place no more."""
    name = call.options.name
    desk.do(backup.remove_target, name)
    return Answer({"name": name}, [msg("Nothing is backed up to “{name}” any more.", name=name)])


def list_targets(_call: Call, desk: Desk) -> Answer:
    """List the places for backups."""
    found = desk.do(backup.list_targets)
    return Answer(
        {
            "rows": [
                {
                    "id": str(row.id),
                    "name": row.name,
                    "url": row.url,
                    "last_run_at": desk.iso(row.last_run_at),
                    "last_run_ok": row.last_run_ok,
                    "last_good_at": desk.iso(row.last_good_at),
                    "last_verified_at": desk.iso(row.last_verified_at),
                }
                for row in found
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Name")),
                    Column(msg("Place")),
                    Column(msg("Last backup")),
                    Column(msg("Last check")),
                ],
                [
                    [r.name, r.url, desk.when(r.last_good_at), desk.when(r.last_verified_at)]
                    for r in found
                ],
            )
        ],
    )


def run(call: Call, desk: Desk) -> Answer:
    """Back up to one place or to all; with several, the figures are sums and `runs` has each."""
    found = desk.do(backup.run_backup, call.options.target)
    return Answer(
        {
            "snapshot": found[-1].snapshot,
            "bytes_added": sum(result.bytes_added for result in found),
            "seconds": round(sum(result.seconds for result in found), 3),
            "rows": found[-1].rows,
            "runs": [_result(result) for result in found],
        },
        [
            Table(
                [
                    Column(msg("Place")),
                    Column(msg("Backup")),
                    Column(msg("Added"), right=True),
                    Column(msg("Seconds"), right=True),
                ],
                [
                    [r.target, r.snapshot, call.size(r.bytes_added), f"{r.seconds:.1f}"]
                    for r in found
                ],
            )
        ],
    )


def _result(result: RunResult) -> dict[str, Any]:
    return {
        "target": result.target,
        "snapshot": result.snapshot,
        "bytes_added": result.bytes_added,
        "seconds": round(result.seconds, 3),
        "rows": result.rows,
    }


def list_snapshots(call: Call, desk: Desk) -> Answer:
    """List the backups, oldest first."""
    found = desk.do(backup.list_snapshots, call.options.target)
    shown: list[Shown] = [
        Table(
            [
                Column(msg("Backup")),
                Column(msg("Time")),
                Column(msg("Place")),
                Column(msg("Size"), right=True),
                Column(msg("Rows"), right=True),
                Column(msg("Sheet")),
            ],
            [
                [
                    row.id,
                    desk.when(row.at),
                    row.target,
                    call.size(row.bytes),
                    call.number(row.rows),
                    row.recovery_key_id,
                ]
                for row in found.rows
            ],
        ),
        *found.unreachable,
    ]
    return Answer(
        {
            "rows": [
                {
                    "id": row.id,
                    "at": desk.iso(row.at),
                    "target": row.target,
                    "bytes": row.bytes,
                    "rows": row.rows,
                    "base": row.base,
                    "device": row.device,
                    "recovery_key_id": row.recovery_key_id,
                }
                for row in found.rows
            ],
            "unreachable": [call.words.of(message) for message in found.unreachable],
            "next": None,
        },
        shown,
    )


def verify(call: Call, desk: Desk) -> Answer:
    """Check the backups; exit code 7 where something is wrong."""
    found = desk.do(backup.verify_backups, call.options.target, full=call.options.full)
    shown: list[Shown] = [
        Facts(
            [
                (msg("Backups"), call.number(found.snapshots)),
                (msg("Parts checked"), call.number(found.objects)),
                (msg("Size"), call.size(found.bytes)),
            ]
        ),
        msgs("{n} problem found.", "{n} problems found.", len(found.problems))
        if found.problems
        else msg("All is well."),
    ]
    if found.problems:
        shown.append(
            Table(
                [Column(msg("Place")), Column(msg("Part")), Column(msg("Problem"))],
                [[p.target, p.place, call.words.of(p.message)] for p in found.problems],
            )
        )
    return Answer(
        {
            "ok": not found.problems,
            "full": call.options.full,
            "snapshots": found.snapshots,
            "objects": found.objects,
            "bytes": found.bytes,
            "seconds": round(found.seconds, 3),
            "problems": [
                {
                    "target": p.target,
                    "place": p.place,
                    "message": call.words.of(p.message),
                    "snapshots": list(p.snapshots),
                }
                for p in found.problems
            ],
        },
        shown,
        DamagedError.exit_code if found.problems else 0,
    )
