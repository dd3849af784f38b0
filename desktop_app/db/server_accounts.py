"""Each person's account on a database server: made, changed, given its privileges, taken away.

Groups (`clopos_<store>_role_<role>`) hold the privileges of a role, accounts
(`clopos_<store>_<person>`) sign in and are members of one group. `sync` compares what is with what
should be and repairs the difference; it may be run at any time, by an owner, over the account that
owns the database. That account needs the right to make others (CREATEROLE).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg import errors, sql
from sqlalchemy import Engine

from desktop_app.db.server_rights import Policy, Privilege, policies, privileges_of
from desktop_app.kernel.access import Domain, Permission

_LOCK = 0x436C6F70
_SCHEMAS = [domain.value for domain in Domain]
_ATTRIBUTES = ("rolsuper", "rolcreaterole", "rolcreatedb", "rolreplication", "rolbypassrls")


@dataclass(frozen=True, slots=True)
class Account:
    """What a person's account should be; `venues` are the only ones it sees, None for all."""

    user_id: str
    role: str
    venues: tuple[int, ...] | None
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The people of a store and what their roles may do."""

    install: str
    accounts: Sequence[Account]
    roles: Mapping[str, frozenset[Permission]]

    @property
    def prefix(self) -> str:
        """Return how the names of this store's accounts and groups begin."""
        return f"clopos_{self.install}_"

    def group(self, role: str) -> str:
        """Return the name of a role's group."""
        return f"{self.prefix}role_{role.replace(':', '_')}"


@dataclass(slots=True)
class Repaired:
    """What was not as it should be: accounts made and taken away, privileges and policies."""

    made: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    privileges: int = 0
    policies: int = 0

    def __bool__(self) -> bool:
        """Tell whether anything was."""
        return bool(self.made or self.removed or self.privileges or self.policies)


def account_name(install: str, user_id: str) -> str:
    """Return the name of a person's account."""
    return f"clopos_{install}_{user_id}"


def sync(owner: Engine, wanted: Wanted) -> Repaired:
    """Make the server what it should be, and end the sessions of accounts that go.

    Raises the driver's InsufficientPrivilege where the owner's account may not make others.
    """
    done = Repaired()
    plain = owner.execution_options(isolation_level="READ COMMITTED", audited=False)
    with plain.begin() as connection:
        run = _Runner(connection.connection.driver_connection)
        run("SELECT pg_advisory_xact_lock(%s)", _LOCK)
        gone = _roles(run, wanted, done)
        _memberships(run, wanted)
        _venues(run, wanted)
        _privileges(run, wanted, done)
        _policies(run, done)
    for name in gone:
        with plain.begin() as connection:
            _remove(_Runner(connection.connection.driver_connection), name)
        done.removed.append(name)
    return done


class _Runner:
    """Runs statements whose names are quoted and whose values are bound."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def __call__(self, statement: str, *values: Any, **names: Any) -> list[Any]:
        composed = (
            sql.SQL(statement).format(
                **{
                    key: sql.Identifier(*([one] if isinstance(one, str) else one))
                    for key, one in names.items()
                }
            )
            if names
            else statement
        )
        cursor = self.driver.execute(composed, values or None)
        return cursor.fetchall() if cursor.description else []


def _roles(run: _Runner, wanted: Wanted, done: Repaired) -> list[str]:
    """Make what is missing, set passwords, lock out who is gone; return the names of these."""
    columns = ", ".join(_ATTRIBUTES)
    found = {
        row[0]: row[1:]
        for row in run(
            f"SELECT rolname, rolcanlogin, {columns} FROM pg_roles WHERE starts_with(rolname, %s)",  # noqa: S608
            wanted.prefix,
        )
    }
    groups = {wanted.group(role) for role in wanted.roles}
    people = {account_name(wanted.install, one.user_id): one for one in wanted.accounts}
    for name in groups - set(found):
        run("CREATE ROLE {name} NOLOGIN", name=name)
    for name, one in people.items():
        if name not in found:
            run("CREATE ROLE {name} LOGIN", name=name)
            done.made.append(name)
        _set_password(run, name, one.password)
    for name, attributes in found.items():
        if name in people and not attributes[0]:
            run("ALTER ROLE {name} LOGIN", name=name)
        if any(attributes[1:]):
            run(
                "ALTER ROLE {name} NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS",
                name=name,
            )
    gone = sorted(set(found) - groups - set(people))
    for name in gone:
        run("ALTER ROLE {name} NOLOGIN", name=name)
    return gone


def _set_password(run: _Runner, name: str, password: str) -> None:
    """Give the server the verifier, not the password: it would stand in the server's log."""
    verifier = run.driver.pgconn.encrypt_password(
        password.encode(), name.encode(), b"scram-sha-256"
    ).decode()
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
    run.driver.execute(statement.format(sql.Identifier(name), sql.Literal(verifier)))


def _memberships(run: _Runner, wanted: Wanted) -> None:
    """Put every account into the group of its role, and into no other of ours."""
    should = {
        (account_name(wanted.install, one.user_id), wanted.group(one.role))
        for one in wanted.accounts
    }
    found = {
        (member, group)
        for member, group in run(
            "SELECT m.rolname, g.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member"
            " JOIN pg_roles g ON g.oid = a.roleid WHERE starts_with(m.rolname, %s)",
            wanted.prefix,
        )
    }
    for member, group in found - should:
        run("REVOKE {group} FROM {member}", group=group, member=member)
    for member, group in should - found:
        run("GRANT {group} TO {member}", group=group, member=member)


def _venues(run: _Runner, wanted: Wanted) -> None:
    should = {
        account_name(wanted.install, one.user_id): None if one.venues is None else list(one.venues)
        for one in wanted.accounts
    }
    found = dict(run("SELECT name::text, venues FROM access.account"))
    for name in set(found) - set(should):
        run("DELETE FROM access.account WHERE name = %s", name)
    for name, venues in should.items():
        if name not in found or found[name] != venues:
            run(
                "INSERT INTO access.account (name, venues) VALUES (%s, %s) "
                "ON CONFLICT (name) DO UPDATE SET venues = excluded.venues",
                name,
                venues,
            )


_HELD = """
SELECT grantee, kind, schema, name, col, privilege FROM (
  SELECT 'database' kind, '' schema, '' name, '' col,
    (aclexplode(coalesce(datacl, acldefault('d', datdba)))).*
    FROM pg_database WHERE datname = current_database()
  UNION ALL
  SELECT 'schema', nspname, '', '', (aclexplode(nspacl)).* FROM pg_namespace
    WHERE nspname IN ('ops', 'people', 'office', 'access', 'public')
  UNION ALL
  SELECT 'table', n.nspname, c.relname, '', (aclexplode(c.relacl)).*
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('ops', 'people', 'office', 'access') AND c.relkind IN ('r', 'v', 'S')
  UNION ALL
  SELECT 'column', n.nspname, c.relname, a.attname, (aclexplode(a.attacl)).*
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('ops', 'people', 'office', 'access') AND a.attacl IS NOT NULL
) held (kind, schema, name, col, grantor, grantee_id, privilege, grantable)
JOIN LATERAL (
  SELECT coalesce((SELECT rolname FROM pg_roles WHERE oid = grantee_id), '') AS grantee
) named ON true
WHERE grantee = '' OR starts_with(grantee, %s)
"""


def _tables(run: _Runner) -> set[tuple[str, str]]:
    """Return the tables there are; a program may know one that the next migration makes."""
    named = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s)"
    return {(schema, table) for schema, table in run(named, [*_SCHEMAS, "access"])}


def _privileges(run: _Runner, wanted: Wanted, done: Repaired) -> None:
    """Grant what is missing and revoke what is too much, of groups, accounts and PUBLIC."""
    there = _tables(run)
    should = {
        (wanted.group(role), privilege)
        for role, permissions in wanted.roles.items()
        for privilege in privileges_of(permissions)
        if not privilege.table or (privilege.schema, privilege.table) in there
    }
    found = {
        (grantee, Privilege(kind, schema, table, column, action))
        for grantee, kind, schema, table, column, action in run(_HELD, wanted.prefix)
    }
    database = run("SELECT current_database()")[0][0]
    for grantee, privilege in sorted(found - should):
        if privilege.schema != "public":
            _apply(run, "REVOKE", database, grantee, [privilege])
            done.privileges += 1
    missing: dict[tuple[str, str, str, str], list[Privilege]] = {}
    for grantee, privilege in sorted(should - found):
        place = (grantee, privilege.kind, privilege.schema, privilege.table)
        missing.setdefault(place, []).append(privilege)
        done.privileges += 1
    for (grantee, *_), privileges in missing.items():
        _apply(run, "GRANT", database, grantee, privileges)


def _apply(
    run: _Runner, verb: str, database: str, grantee: str, privileges: Sequence[Privilege]
) -> None:
    """Give or take privileges on one thing; an empty grantee is PUBLIC."""
    one = privileges[0]
    who = sql.Identifier(grantee) if grantee else sql.SQL("PUBLIC")
    thing: sql.Composable = sql.Identifier(one.schema, one.table)
    if one.kind == "database":
        thing = sql.SQL("DATABASE {}").format(sql.Identifier(database))
    elif one.kind == "schema":
        thing = sql.SQL("SCHEMA {}").format(sql.Identifier(one.schema))
    actions = sql.SQL(", ").join(_action(privilege) for privilege in privileges)
    link = sql.SQL("TO" if verb == "GRANT" else "FROM")
    run.driver.execute(
        sql.SQL("{} {} ON {} {} {}").format(sql.SQL(verb), actions, thing, link, who)
    )


def _action(privilege: Privilege) -> sql.Composable:
    action = sql.SQL(privilege.action)
    if not privilege.column:
        return action
    return sql.SQL("{} ({})").format(action, sql.Identifier(privilege.column))


def _policies(run: _Runner, done: Repaired) -> None:
    """Give every table with venues its policy, and no other."""
    there = _tables(run)
    should = [one for one in policies() if (one.schema, one.table) in there]
    secured = {
        (schema, table)
        for schema, table in run(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE c.relrowsecurity AND n.nspname = ANY(%s)",
            _SCHEMAS,
        )
    }
    found = {
        (schema, table, name)
        for schema, table, name in run(
            "SELECT schemaname, tablename, policyname FROM pg_policies WHERE schemaname = ANY(%s)",
            _SCHEMAS,
        )
    }
    wanted = {(one.schema, one.table, one.name) for one in should}
    for schema, table, name in sorted(found - wanted):
        run("DROP POLICY {name} ON {table}", name=name, table=(schema, table))
        done.policies += 1
    for policy in should:
        if (policy.schema, policy.table, policy.name) not in found:
            _create_policy(run, policy)
            done.policies += 1
        if (policy.schema, policy.table) not in secured:
            run(
                "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", table=(policy.schema, policy.table)
            )


def _create_policy(run: _Runner, policy: Policy) -> None:
    run.driver.execute(
        sql.SQL("CREATE POLICY {} ON {} USING ({}) WITH CHECK ({})").format(
            sql.Identifier(policy.name),
            sql.Identifier(policy.schema, policy.table),
            sql.SQL(policy.condition),
            sql.SQL(policy.condition),
        )
    )


def _remove(run: _Runner, name: str) -> None:
    """End the sessions of an account that cannot sign in any more, and drop it.

    A group may hold privileges in another database of the server; it stays, without members.
    """
    me, is_super = run("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user")[0]
    if not is_super:
        run("GRANT {name} TO {me}", name=name, me=me)
    run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", name)
    run("SAVEPOINT removing")
    try:
        run("DROP OWNED BY {name}", name=name)
        run("DROP ROLE {name}", name=name)
    except errors.DependentObjectsStillExist:
        run("ROLLBACK TO SAVEPOINT removing")
