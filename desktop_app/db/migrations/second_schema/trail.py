"""The sealed trail, as of migration 0002; what an older store has is checked and carried over."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects.postgresql import JSONB

from desktop_app.db.migrations.second_schema.first_trail import old_events

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DETAIL = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
APPEND_ONLY = "the audit trail is append-only"
OLD_EVENT, OLD_CHANGE = "audit_event_0001", "audit_change_0001"


def create() -> None:
    """Create the sealed trail in the place of the old one."""
    _put_aside()
    op.create_table(
        "trail_session",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("box", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("sign_key", sa.LargeBinary(32), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(80), nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=True),
        schema="ops",
    )
    op.create_table(
        "audit_event",
        sa.Column("seq", ID, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("session", sa.LargeBinary(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("previous", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=True),
        schema="ops",
    )
    op.create_table(
        "trail_alarm",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("fault", sa.String(32), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        schema="ops",
    )
    op.create_table(
        "trail_alarm_signature",
        sa.Column("alarm_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("user_id", sa.String(32), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alarm_id"],
            ["ops.trail_alarm.id"],
            name="fk_trail_alarm_signature_alarm_id_trail_alarm",
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    _carry_over()
    _guard()


def _put_aside() -> None:
    place = "main"
    if op.get_bind().dialect.name == "postgresql":
        place = "ops"
        op.execute(
            "ALTER TABLE ops.audit_change DROP CONSTRAINT fk_audit_change_event_seq_audit_event"
        )
        for table in ("audit_event", "audit_change"):
            op.execute(f"ALTER TABLE ops.{table} DROP CONSTRAINT pk_{table}")
    op.execute(f"ALTER TABLE {place}.audit_change RENAME TO {OLD_CHANGE}")
    op.execute(f"ALTER TABLE {place}.audit_event RENAME TO {OLD_EVENT}")


def _carry_over() -> None:
    """Seal the old events under the key of whoever upgrades; one that is empty needs nobody."""
    bind = op.get_bind()
    events = sa.Table(
        OLD_EVENT, sa.MetaData(),
        sa.Column("seq", ID, primary_key=True), sa.Column("at", sa.BigInteger()),
        *(sa.Column(name, sa.String()) for name in ("actor", "role", "operation", "outcome")),
        sa.Column("subject", sa.String()), sa.Column("detail", DETAIL),
        sa.Column("previous", sa.String()), sa.Column("hash", sa.String()),
        schema="ops",
    )  # fmt: skip
    changes = sa.Table(
        OLD_CHANGE, sa.MetaData(),
        sa.Column("event_seq", sa.BigInteger(), primary_key=True),
        sa.Column("change_no", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.String()) for name in ("table", "row_id", "action")),
        sa.Column("fields", DETAIL),
        schema="ops",
    )  # fmt: skip
    carry: Any = context.config.attributes.get("carry")
    for event in old_events(bind, events, changes):
        carry.event(bind, event)
    if carry is not None:
        carry.finish(bind)
    op.drop_table(OLD_CHANGE, schema="ops")
    op.drop_table(OLD_EVENT, schema="ops")


def _guard() -> None:
    """Allow rows to be added, and contents to be emptied; nothing else."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION ops.trail_only_empties() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.sealed = ''::bytea AND OLD.sealed <> ''::bytea "
            "AND (NEW.seq, NEW.at, NEW.session, NEW.content_hash, NEW.previous, NEW.hash) = "
            "(OLD.seq, OLD.at, OLD.session, OLD.content_hash, OLD.previous, OLD.hash) "
            "AND NEW.signature IS NOT DISTINCT FROM OLD.signature THEN RETURN NEW; END IF; "
            f"RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_event_only_emptied BEFORE UPDATE ON ops.audit_event "
            "FOR EACH ROW EXECUTE FUNCTION ops.trail_only_empties()"
        )
        for table, what in (("audit_event", "DELETE"), ("trail_session", "UPDATE OR DELETE")):
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE {what} ON ops.{table} "
                "FOR EACH ROW EXECUTE FUNCTION ops.trail_is_append_only()"
            )
        for table in ("audit_event", "trail_session"):
            op.execute(
                f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON ops.{table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ops.trail_is_append_only()"
            )
        return
    abort = f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
    op.execute(
        "CREATE TRIGGER main.audit_event_no_update BEFORE UPDATE ON audit_event WHEN NOT ("
        "NEW.sealed = x'' AND OLD.sealed <> x'' AND NEW.seq = OLD.seq AND NEW.at = OLD.at "
        "AND NEW.session = OLD.session AND NEW.content_hash = OLD.content_hash "
        "AND NEW.previous = OLD.previous AND NEW.hash = OLD.hash "
        f"AND NEW.signature IS OLD.signature) {abort}"
    )
    op.execute(f"CREATE TRIGGER main.audit_event_no_delete BEFORE DELETE ON audit_event {abort}")
    for what in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER main.trail_session_no_{what} BEFORE {what.upper()} ON trail_session "
            f"{abort}"
        )
