"""Runs the migrations on the database that the file `url` names."""

from pathlib import Path

from alembic import context
from sqlalchemy import create_engine, event

engine = create_engine(Path(__file__).with_name("url").read_text())

if engine.dialect.name == "sqlite":

    @event.listens_for(engine, "connect")
    def refer(connection, _record):
        connection.execute("PRAGMA foreign_keys=ON")


with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
    if engine.dialect.name == "sqlite":
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1, "the setting was not put back"
