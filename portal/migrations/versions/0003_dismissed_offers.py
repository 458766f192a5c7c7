"""what a visitor does not need of what we offered

Revision ID: 0003
Revises: 0002
"""

from alembic import op
import sqlalchemy as sa


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "match_request", sa.Column("dismissed", sa.JSON(), nullable=False, server_default="[]")
    )


def downgrade():
    with op.batch_alter_table("match_request") as table:
        table.drop_column("dismissed")
