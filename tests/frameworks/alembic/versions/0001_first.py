"""Customers and their orders, with what a careless file of statements would trip over."""

import sqlalchemy as sa
from alembic import op

revision = "0001_first"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(40), nullable=False, server_default="100%s :name \"it''s\" ü"),
    )
    op.create_table(
        "50% off",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("customer_id", sa.Integer, sa.ForeignKey("customer.id", ondelete="CASCADE")),
        sa.Column("note", sa.String(80)),
    )
    op.create_index("by customer", "50% off", ["customer_id"])
    quoted = "`50% off`" if op.get_bind().dialect.name == "mysql" else '"50% off"'
    op.get_bind().exec_driver_sql(
        f"CREATE VIEW offers AS SELECT o.id, c.name FROM {quoted} o JOIN customer c ON c.id = o.customer_id"
        " WHERE o.note LIKE '%:name%' OR o.note LIKE '50%%s'",
        execution_options={"no_parameters": True},
    )
    customer = sa.table("customer", sa.column("id", sa.Integer), sa.column("name", sa.String))
    op.bulk_insert(customer, [{"id": number, "name": f"customer {number}"} for number in range(1, 40)])
    offers = sa.table(
        "50% off", sa.column("id", sa.Integer), sa.column("customer_id", sa.Integer), sa.column("note", sa.String)
    )
    rows = [{"id": n * 3, "customer_id": n % 39 + 1, "note": f"50%s :name {n}"} for n in range(1, 90)]
    op.bulk_insert(offers, [*rows, {"id": 1000, "customer_id": None, "note": None}])


def downgrade():
    raise NotImplementedError
