"""encoder state

Revision ID: 0002
Revises: 0001
"""

from alembic import op
import sqlalchemy as sa


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "encoder_state",
        sa.Column("version", sa.String(length=120), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("query_prompt", sa.Text(), nullable=True),
        sa.Column("passage_prompt", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('serving', 'building')", name=op.f("ck_encoder_state_status")
        ),
        sa.CheckConstraint("done >= 0 AND total >= 0", name=op.f("ck_encoder_state_progress")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_encoder_state")),
        sa.UniqueConstraint("status", name=op.f("uq_encoder_state_status")),
    )


def downgrade():
    op.drop_table("encoder_state")
