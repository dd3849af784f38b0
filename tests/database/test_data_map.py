"""The data map: nothing is kept of which it is not said what it is, why, and whose."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import inspect

import desktop_app.app  # noqa: F401 - every slice's tables
from desktop_app.db.base import PERSONAL, About, Base, Basis, Holds, Person, Purpose
from desktop_app.kernel.access import Domain
from desktop_app.privacy.labels import BASES, PURPOSES, RETENTION, TABLES
from desktop_app.privacy.walk import tables_about, told_columns
from tests.conftest import ROOT

MAPPED = sorted((m.class_ for m in Base.registry.mappers), key=lambda one: one.__tablename__)
NAMES = [one.__tablename__ for one in MAPPED]


@pytest.mark.parametrize("mapped", MAPPED, ids=NAMES)
def test_every_column_says_what_it_holds(mapped: type[Base]) -> None:
    silent = [
        c.name for c in mapped.__table__.columns if not isinstance(c.info.get("holds"), Holds)
    ]
    assert silent == []


@pytest.mark.parametrize("mapped", MAPPED, ids=NAMES)
def test_every_table_says_what_it_is_for(mapped: type[Base]) -> None:
    about = mapped.__dict__.get("__about__")
    assert isinstance(about, About)
    assert (about.person is None) == (about.path == "")
    assert about.purpose in PURPOSES
    assert about.basis in BASES
    assert about.keep in RETENTION


@pytest.mark.parametrize("mapped", MAPPED, ids=NAMES)
def test_every_path_leads_to_a_person(mapped: type[Base]) -> None:
    about = mapped.__about__
    if about.person is None:
        return
    column, _, parent = about.path.partition(">")
    assert column in mapped.__table__.columns
    if parent:
        (owner,) = (one for one in MAPPED if one.__tablename__ == parent)
        assert owner.__about__.person is about.person
        assert owner.__about__.path in owner.__table__.columns
        assert owner.__table__.schema == mapped.__table__.schema


@pytest.mark.parametrize("mapped", MAPPED, ids=NAMES)
def test_a_table_with_personal_columns_says_whom_they_are_about(mapped: type[Base]) -> None:
    personal = [c.name for c in mapped.__table__.columns if c.info["holds"] in PERSONAL]
    if personal:
        assert mapped.__about__.person is not None, personal
        assert mapped.__about__.basis is not Basis.NOT_PERSONAL


@pytest.mark.parametrize("mapped", MAPPED, ids=NAMES)
def test_every_table_lies_in_a_domain(mapped: type[Base]) -> None:
    assert mapped.__table__.schema in {domain.value for domain in Domain}


def test_names_and_contacts_of_customers_lie_in_the_people_domain() -> None:
    for mapped in tables_about(Person.CUSTOMER):
        held = {c.info["holds"] for c in mapped.__table__.columns}
        if held & {Holds.IDENTITY, Holds.CONTACT}:
            assert mapped.__table__.schema == Domain.PEOPLE.value, mapped


def test_pay_lies_in_a_domain_of_its_own() -> None:
    for mapped in tables_about(Person.EMPLOYEE):
        if any(c.info["holds"] is Holds.FINANCE for c in mapped.__table__.columns):
            assert mapped.__table__.schema == Domain.OFFICE.value, mapped


def test_no_database_cascade_can_delete_behind_the_audit_trail() -> None:
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            assert key.ondelete is None, key
            assert key.onupdate is None, key
    for mapped in MAPPED:
        assert list(inspect(mapped).relationships) == []


def test_no_foreign_key_leads_into_another_file() -> None:
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            assert key.column.table.schema == table.schema, key


def test_no_column_goes_unmapped() -> None:
    for mapped in MAPPED:
        mapped_columns = {a.columns[0].name for a in inspect(mapped).column_attrs}
        assert mapped_columns == set(mapped.__table__.columns.keys())
    assert {one.__table__ for one in MAPPED} == set(Base.metadata.tables.values())


@pytest.mark.parametrize("mapped", tables_about(Person.CUSTOMER), ids=lambda m: m.__tablename__)
def test_what_is_kept_about_a_customer_has_a_name_a_customer_understands(
    mapped: type[Base],
) -> None:
    label = TABLES[mapped.__tablename__]
    personal = {
        attribute.key
        for attribute in inspect(mapped).column_attrs
        if attribute.columns[0].info["holds"] in PERSONAL
    }
    assert personal - set(label.columns) == set()
    assert set(told_columns(mapped)) - set(label.columns) == set()
    assert set(label.columns) - {a.key for a in inspect(mapped).column_attrs} == set()


def test_no_label_is_left_over_from_a_table_that_is_gone() -> None:
    assert set(TABLES) == {one.__tablename__ for one in tables_about(Person.CUSTOMER)}


def test_consent_is_the_basis_of_marketing() -> None:
    for mapped in MAPPED:
        if mapped.__about__.purpose is Purpose.MARKETING:
            assert mapped.__about__.basis is Basis.CONSENT


_NEW_TABLE = """
from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped
import desktop_app.app
from desktop_app.db.base import *
from desktop_app.db.base import About, Base, Basis, Holds, Keep, Person, Purpose, column, schema
from desktop_app.kernel.access import Domain
from desktop_app.privacy.labels import TABLES
from desktop_app.privacy.walk import tables_about, told_columns

class Wish(Base):
    __tablename__ = "wish"
    __about__ = About(
        Purpose.SERVICE, Basis.CONTRACT, Keep.WHILE_ACTIVE, Person.CUSTOMER, "customer_id"
    )
    __table_args__ = (schema(Domain.PEOPLE),)
    id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    text: Mapped[str] = column(Holds.PREFERENCE, String(100))

found = tables_about(Person.CUSTOMER)
assert Wish in found
assert told_columns(Wish) == ["text"]
assert "wish" not in TABLES
try:
    column(String(3))
except TypeError:
    pass
print("noticed")
"""


def test_a_new_table_about_customers_is_walked_before_anybody_lists_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _NEW_TABLE], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout == "noticed\n", done.stderr
