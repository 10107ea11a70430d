"""PostgreSQL, where a publication names a database and the command line allows it: one question, read only."""

from __future__ import annotations

import os
from collections.abc import Sequence

from octavo.adapters.duckdb import plain_cell
from octavo.model.data import MAX_ROWS, Cell

_SECONDS = 60


class PostgresError(Exception):
    """The database cannot be asked, or does not answer; the message never holds its address."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def ask_postgres(variable: str, sql: str) -> tuple[Sequence[str], Sequence[Sequence[Cell]]]:
    """The answer to a question: names of columns, and rows, one more than a table may have at most.

    ``variable`` is the environment variable that holds the address (a connection string of libpq).  The transaction is
    read only and limited in time.  Raises PostgresError.
    """
    address = os.environ.get(variable, "")
    if not address:
        raise PostgresError(f"its address is not known: {variable} is not set", f"export {variable}=postgresql://...")
    try:
        import psycopg
    except ImportError as error:
        message = "the package psycopg is missing"
        raise PostgresError(message, 'pip install "octavo[postgres]"') from error
    try:
        with psycopg.connect(address, connect_timeout=10, options=f"-c statement_timeout={_SECONDS}s") as connection:
            connection.read_only = True
            with connection.cursor() as cursor:
                # Several statements at once are refused where a question has parameters, even none.
                cursor.execute(sql.encode(), (), prepare=True)
                if cursor.description is None:
                    raise PostgresError("the query gives no rows", "write `SELECT ...`")
                rows = cursor.fetchmany(MAX_ROWS + 1)
                names = [column.name for column in cursor.description]
    except psycopg.OperationalError as error:
        raise PostgresError(
            "it cannot be reached, or took too long", f"look at {variable} and at the server"
        ) from error
    except psycopg.Error as error:
        first = str(error).strip().partition("\n")[0]
        raise PostgresError(f"the query fails: {first}", "see the SQL of PostgreSQL") from error
    return names, [[plain_cell(cell) for cell in row] for row in rows]
