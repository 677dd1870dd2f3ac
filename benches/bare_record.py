"""The floor under the record: the statements that it writes, executed bare with their ready-made values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from console.record import engine

Statement = tuple[str, tuple[Any, ...]]


class Listening:
    """A connection that writes down the statements that write."""

    def __init__(self, inner: engine.Connection, heard: list[Statement]) -> None:
        """Write down in `heard` what `inner` is asked to execute."""
        self._inner = inner
        self._heard = heard

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> object:
        """Execute it, and write it down when it writes."""
        if statement.split(None, 1)[0] in {"INSERT", "UPDATE", "DELETE"}:
            self._heard.append((statement, values))
        return self._inner.execute(statement, values)

    def __getattr__(self, name: str) -> object:
        """Give what the connection itself has."""
        return getattr(self._inner, name)


def commit(connection: engine.Connection, statements: list[Statement]) -> None:
    """Execute them as one durable transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for statement, values in statements:
        connection.execute(statement, values).fetchall()
    connection.execute("COMMIT")
