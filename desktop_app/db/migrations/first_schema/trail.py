"""Trail, venue, staff, imports and backups, as of migration 0001."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DETAIL = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
APPEND_ONLY = ("audit_event", "audit_change")


def create() -> None:
    """Create the trail, the venue, staff, imports and backups."""
    op.create_table(
        "audit_event",
        sa.Column("seq", ID, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("operation", sa.String(100), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("detail", DETAIL, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        schema="ops",
    )
    op.create_index(
        "ix_audit_event_actor_seq", "audit_event", ["actor", "seq"], unique=False, schema="ops"
    )
    op.create_index(
        "ix_audit_event_operation_seq",
        "audit_event",
        ["operation", "seq"],
        unique=False,
        schema="ops",
    )
    op.create_table(
        "backup_target",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("url", sa.String(1000), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("name", name="uq_backup_target_name"),
        schema="ops",
    )
    op.create_table(
        "employee",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("position", sa.String(100), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("venue_id", "name", name="uq_employee_venue_id_name"),
        schema="ops",
    )
    op.create_table(
        "import_run",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("orders_added", sa.BigInteger(), nullable=False),
        sa.Column("lines_added", sa.BigInteger(), nullable=False),
        sa.Column("customers_added", sa.BigInteger(), nullable=False),
        sa.Column("products_added", sa.BigInteger(), nullable=False),
        sa.Column("already_known", sa.BigInteger(), nullable=False),
        sa.Column("rejected", sa.BigInteger(), nullable=False),
        sa.Column("revenue_minor", sa.BigInteger(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        schema="ops",
    )
    op.create_table(
        "row_count",
        sa.Column("name", sa.String(100), primary_key=True, autoincrement=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(100), primary_key=True, autoincrement=False),
        sa.Column("value", sa.String(1000), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "store_info",
        sa.Column("name", sa.String(64), primary_key=True, autoincrement=False),
        sa.Column("text", sa.String(200), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "venue",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("legal_name", sa.String(200), nullable=False),
        sa.Column("tax_id", sa.String(32), nullable=False),
        sa.Column("email", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(32), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("opening_minute", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        schema="ops",
    )
    op.create_table(
        "audit_change",
        sa.Column("event_seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("change_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("table", sa.String(64), nullable=False),
        sa.Column("row_id", sa.String(100), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("fields", DETAIL, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_seq"], ["ops.audit_event.seq"], name="fk_audit_change_event_seq_audit_event"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "backup_run",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("snapshot", sa.String(100), nullable=False),
        sa.Column("bytes_added", sa.BigInteger(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.Column("problems", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["target_id"], ["ops.backup_target.id"], name="fk_backup_run_target_id_backup_target"
        ),
        schema="ops",
    )
    op.create_index(
        "ix_backup_run_target_id_at", "backup_run", ["target_id", "at"], unique=False, schema="ops"
    )
    op.create_table(
        "imported_file",
        sa.Column("import_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("file_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["ops.import_run.id"], name="fk_imported_file_import_id_import_run"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    _make_trail_append_only()


def _make_trail_append_only() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION ops.trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON ops.{table} "
                "FOR EACH ROW EXECUTE FUNCTION ops.trail_is_append_only()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON ops.{table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ops.trail_is_append_only()"
            )
        return
    for table in APPEND_ONLY:
        for action in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER main.{table}_no_{action} BEFORE {action.upper()} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
            )
