"""Rows straight from SQLite, for the reads of many: SQLAlchemy's rows cost more than the rows themselves."""

import sqlite3
from typing import cast

import sqlalchemy as sa


def rows_of(connection: sa.Connection, statement: str, *values: object) -> sqlite3.Cursor:
    """The rows of a statement as tuples, within the transaction of `connection`."""
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    return driver.execute(statement, values)
