"""organisations that ask to join, rights of members, lapsing openings

Revision ID: 0005
Revises: 0004
"""

from alembic import op
import sqlalchemy as sa


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "member_invite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("admin", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("recruiter", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("supervisor", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_member_invite_expires_at")),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["user.id"],
            name=op.f("fk_member_invite_invited_by_id_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_member_invite_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_invite")),
        sa.UniqueConstraint("digest", name=op.f("uq_member_invite_digest")),
    )
    with op.batch_alter_table("member_invite", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_invite_organisation_id"), ["organisation_id"], unique=False
        )

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("admin", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("recruiter", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("supervisor", sa.Boolean(), server_default=sa.true(), nullable=False)
        )

    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("close_reason", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lapse_warned", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("kept_words", sa.JSON(), server_default="{}", nullable=False))

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("standing", sa.String(length=12), server_default="admitted", nullable=False)
        )
        batch_op.add_column(
            sa.Column("register_number", sa.String(length=8), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("website", sa.String(length=300), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("contact_phone", sa.String(length=40), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("why_join", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("asked_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("asker_role", sa.String(length=120), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("next_step", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("checks", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decided_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("decision_reason", sa.Text(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("answer_days", sa.Integer(), server_default="10", nullable=False)
        )
        batch_op.add_column(
            sa.Column("invitations_per_week", sa.Integer(), server_default="10", nullable=False)
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_organisation_name"), type_="unique")
        batch_op.create_index(batch_op.f("ix_organisation_asked_by_id"), ["asked_by_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_asked_by_id_user"),
            "user",
            ["asked_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_decided_by_id_user"),
            "user",
            ["decided_by_id"],
            ["id"],
            ondelete="SET NULL",
        )

    with op.batch_alter_table("organisation") as table:
        table.create_check_constraint(
            op.f("ck_organisation_standing"),
            "standing IN ('asked', 'admitted', 'refused', 'withdrawn')",
        )
        table.create_check_constraint(
            op.f("ck_organisation_answer_days"), "answer_days BETWEEN 1 AND 30"
        )
        table.create_check_constraint(
            op.f("ck_organisation_invitations_per_week"), "invitations_per_week BETWEEN 0 AND 500"
        )
        table.create_check_constraint(op.f("ck_organisation_version"), "version >= 1")

    op.create_index(
        "uq_organisation_name_admitted",
        "organisation",
        ["name"],
        unique=True,
        sqlite_where=sa.text("standing = 'admitted'"),
        postgresql_where=sa.text("standing = 'admitted'"),
    )

    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("address", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))

    op.create_table(
        "opportunity_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "expires_at > created_at", name=op.f("ck_opportunity_import_expires_at")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
            name=op.f("fk_opportunity_import_user_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_import")),
        sa.UniqueConstraint("token", name=op.f("uq_opportunity_import_token")),
    )
    with op.batch_alter_table("opportunity_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_import_expires_at"), ["expires_at"])
        batch_op.create_index(batch_op.f("ix_opportunity_import_user_id"), ["user_id"])

    with op.batch_alter_table("opportunity") as table:
        table.create_check_constraint(
            op.f("ck_opportunity_close_reason"),
            "close_reason IN ('closed', 'filled', 'past_last_day', 'not_confirmed')",
        )


def downgrade():
    op.drop_table("opportunity_import")

    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_column("closed_at")
        batch_op.drop_column("address")

    op.drop_index("uq_organisation_name_admitted", "organisation")

    with op.batch_alter_table("opportunity") as table:
        table.drop_constraint(op.f("ck_opportunity_close_reason"), type_="check")

    with op.batch_alter_table("organisation") as table:
        for name in ("standing", "answer_days", "invitations_per_week", "version"):
            table.drop_constraint(op.f(f"ck_organisation_{name}"), type_="check")

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_organisation_decided_by_id_user"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("fk_organisation_asked_by_id_user"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_organisation_asked_by_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_organisation_name"), ["name"])
        batch_op.drop_column("next_step")
        batch_op.drop_column("asker_role")
        batch_op.drop_column("asked_by_id")
        batch_op.drop_column("version")
        batch_op.drop_column("invitations_per_week")
        batch_op.drop_column("answer_days")
        batch_op.drop_column("decision_reason")
        batch_op.drop_column("decided_by_id")
        batch_op.drop_column("decided_at")
        batch_op.drop_column("asked_at")
        batch_op.drop_column("checks")
        batch_op.drop_column("why_join")
        batch_op.drop_column("contact_phone")
        batch_op.drop_column("website")
        batch_op.drop_column("register_number")
        batch_op.drop_column("standing")

    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.drop_column("kept_words")
        batch_op.drop_column("lapse_warned")
        batch_op.drop_column("confirmed_at")
        batch_op.drop_column("close_reason")

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_column("supervisor")
        batch_op.drop_column("recruiter")
        batch_op.drop_column("admin")

    with op.batch_alter_table("member_invite", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_invite_organisation_id"))

    op.drop_table("member_invite")
