"""saved profiles, their matches, choices and favourites

Revision ID: 0006
Revises: 0005
"""

from alembic import op
import sqlalchemy as sa


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("situation", sa.String(length=20), nullable=True),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("ambition", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("province", sa.String(length=60), nullable=True),
        sa.Column("travel_km", sa.Double(), nullable=True),
        sa.Column("hours_low", sa.Double(), nullable=True),
        sa.Column("hours_high", sa.Double(), nullable=True),
        sa.Column("day_parts", sa.Integer(), nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("ambition_weight", sa.Double(), nullable=False),
        sa.Column("gates", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("dismissed", sa.JSON(), nullable=False),
        sa.Column("game", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("alerts", sa.String(length=10), nullable=False),
        sa.Column("alerts_token", sa.String(length=64), nullable=False),
        sa.Column("alerted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ranked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ranked_version", sa.Integer(), nullable=False),
        sa.Column("ranked_number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "alerts IN ('at_once', 'weekly', 'never')", name=op.f("ck_candidate_alerts")
        ),
        sa.CheckConstraint(
            "situation IN ('lateral_entrant', 'returner', 'employee')",
            name=op.f("ck_candidate_situation"),
        ),
        sa.CheckConstraint(
            "ambition_weight BETWEEN 0 AND 1", name=op.f("ck_candidate_ambition_weight")
        ),
        sa.CheckConstraint(
            "day_parts BETWEEN 0 AND 268435455", name=op.f("ck_candidate_day_parts")
        ),
        sa.CheckConstraint(
            "hours_low > 0 AND hours_low <= hours_high AND hours_high <= 60",
            name=op.f("ck_candidate_hours"),
        ),
        sa.CheckConstraint("travel_km > 0", name=op.f("ck_candidate_travel_km")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_candidate_version")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_candidate_user_id_user"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["organisation.id"],
            name=op.f("fk_candidate_employer_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("alerts_token", name=op.f("uq_candidate_alerts_token")),
        sa.UniqueConstraint("code", name=op.f("uq_candidate_code")),
        sa.UniqueConstraint("user_id", name=op.f("uq_candidate_user_id")),
    )
    op.create_table(
        "favourite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('field', 'target_group', 'profession')", name=op.f("ck_favourite_kind")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_favourite_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_favourite")),
        sa.UniqueConstraint(
            "candidate_id", "kind", "ref", name=op.f("uq_favourite_candidate_id_kind_ref")
        ),
    )
    op.create_table(
        "candidate_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "choice IN ('saved', 'hidden')", name=op.f("ck_candidate_choice_choice")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_candidate_choice_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_candidate_choice_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_choice")),
        sa.UniqueConstraint(
            "candidate_id",
            "opportunity_id",
            name=op.f("uq_candidate_choice_candidate_id_opportunity_id"),
        ),
    )
    with op.batch_alter_table("candidate_choice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_candidate_choice_opportunity_id"), ["opportunity_id"], unique=False
        )

    op.create_table(
        "candidate_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.Column("partly", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("news", sa.Boolean(), nullable=False),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_candidate_match_rank")),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_candidate_match_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_candidate_match_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_match")),
        sa.UniqueConstraint(
            "candidate_id",
            "opportunity_id",
            name=op.f("uq_candidate_match_candidate_id_opportunity_id"),
        ),
    )
    with op.batch_alter_table("candidate_match", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_candidate_match_opportunity_id_score"),
            ["opportunity_id", "score"],
            unique=False,
        )

    op.create_table(
        "candidate_told",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_candidate_told_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_candidate_told_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_told")),
        sa.UniqueConstraint(
            "candidate_id",
            "opportunity_id",
            name=op.f("uq_candidate_told_candidate_id_opportunity_id"),
        ),
    )


def downgrade():
    op.drop_table("candidate_told")
    with op.batch_alter_table("candidate_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_match_opportunity_id_score"))

    op.drop_table("candidate_match")
    with op.batch_alter_table("candidate_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_choice_opportunity_id"))

    op.drop_table("candidate_choice")
    op.drop_table("favourite")
    op.drop_table("candidate")
