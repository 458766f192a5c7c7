"""portfolios, evidence, files, validations and links to share

Revision ID: 0007
Revises: 0006
"""

from alembic import op
import sqlalchemy as sa


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "portfolio_competence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("competence", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("mastery", sa.String(length=12), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "mastery IN ('observe', 'supervised', 'independent', 'teach')",
            name=op.f("ck_portfolio_competence_mastery"),
        ),
        sa.CheckConstraint(
            "state IN ('accepted', 'dropped')", name=op.f("ck_portfolio_competence_state")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_portfolio_competence_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_competence")),
        sa.UniqueConstraint(
            "candidate_id",
            "competence",
            name=op.f("uq_portfolio_competence_candidate_id_competence"),
        ),
    )
    op.create_table(
        "share_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("with_name", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_share_link_expires_at")),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_share_link_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_share_link_digest")),
    )
    with op.batch_alter_table("share_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_share_link_candidate_id"), ["candidate_id"], unique=False
        )

    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_stored_file_size")),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_stored_file_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("key", name=op.f("uq_stored_file_key")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stored_file_candidate_id"), ["candidate_id"], unique=False
        )

    op.create_table(
        "validation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("competence", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.Column("as_assessor", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_note", sa.Text(), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.String(length=500), nullable=False),
        sa.Column("mastery", sa.String(length=12), nullable=True),
        sa.Column("grade", sa.String(length=12), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_name", sa.String(length=160), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdraw_reason", sa.String(length=500), nullable=False),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "grade IN ('claimed', 'demonstrated', 'validated')", name=op.f("ck_validation_grade")
        ),
        sa.CheckConstraint(
            "mastery IN ('observe', 'supervised', 'independent', 'teach')",
            name=op.f("ck_validation_mastery"),
        ),
        sa.CheckConstraint(
            "organisation_id IS NOT NULL OR coach_id IS NOT NULL",
            name=op.f("ck_validation_asked_of"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'declined', 'cancelled') OR (signed_at IS NOT NULL AND"
            " mastery IS NOT NULL AND valid_until IS NOT NULL AND grade IS NOT NULL)",
            name=op.f("ck_validation_signed"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'signed', 'declined', 'cancelled', 'removed', 'withdrawn',"
            " 'expired')",
            name=op.f("ck_validation_state"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_validation_version")),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_validation_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"], ["user.id"], name=op.f("fk_validation_coach_id_user"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_validation_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"],
            ["user.id"],
            name=op.f("fk_validation_signed_by_id_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_validation")),
    )
    with op.batch_alter_table("validation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_validation_candidate_id"), ["candidate_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_validation_coach_id"), ["coach_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_validation_organisation_id"), ["organisation_id"], unique=False
        )
        for who in ("organisation", "coach"):
            batch_op.create_index(
                f"uq_validation_asked_{who}",
                ["candidate_id", "competence", f"{who}_id"],
                unique=True,
                sqlite_where=sa.text("state = 'asked'"),
                postgresql_where=sa.text("state = 'asked'"),
            )

    op.create_table(
        "evidence_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("grade", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("gate", sa.String(length=80), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("hours_week", sa.Double(), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("contact_shown", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("check_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_result", sa.String(length=10), nullable=True),
        sa.Column("check_note", sa.String(length=300), nullable=False),
        sa.Column("competences", sa.JSON(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("form_key", sa.String(length=40), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "grade IN ('claimed', 'demonstrated', 'validated', 'certified')",
            name=op.f("ck_evidence_item_grade"),
        ),
        sa.CheckConstraint(
            "kind IN ('paid_work', 'unpaid_work', 'care_for_family', 'diploma', 'certificate', 'practice_statement', 'register', 'vog', 'driving_licence', 'reference', 'badge', 'file', 'trial')",
            name=op.f("ck_evidence_item_kind"),
        ),
        sa.CheckConstraint(
            "check_result IN ('confirmed', 'rejected')",
            name=op.f("ck_evidence_item_check_result"),
        ),
        sa.CheckConstraint(
            "(checked_on IS NULL) = (checked_by_id IS NULL)", name=op.f("ck_evidence_item_checked")
        ),
        sa.CheckConstraint(
            "(checked_on IS NULL) = (check_result IS NULL)", name=op.f("ck_evidence_item_result")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 8", name=op.f("ck_evidence_item_level")),
        sa.CheckConstraint(
            "hours_week > 0 AND hours_week <= 168", name=op.f("ck_evidence_item_hours_week")
        ),
        sa.CheckConstraint(
            "from_date IS NULL OR to_date IS NULL OR from_date <= to_date",
            name=op.f("ck_evidence_item_period"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_evidence_item_version")),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_evidence_item_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"],
            ["user.id"],
            name=op.f("fk_evidence_item_checked_by_id_user"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["stored_file.id"],
            name=op.f("fk_evidence_item_file_id_stored_file"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item")),
        sa.UniqueConstraint(
            "candidate_id", "form_key", name=op.f("uq_evidence_item_candidate_id_form_key")
        ),
    )
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_item_candidate_id"), ["candidate_id"], unique=False
        )


def downgrade():
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_item_candidate_id"))

    op.drop_table("evidence_item")
    with op.batch_alter_table("validation", schema=None) as batch_op:
        batch_op.drop_index("uq_validation_asked_coach")
        batch_op.drop_index("uq_validation_asked_organisation")
        batch_op.drop_index(batch_op.f("ix_validation_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_validation_coach_id"))
        batch_op.drop_index(batch_op.f("ix_validation_candidate_id"))

    op.drop_table("validation")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_candidate_id"))

    op.drop_table("stored_file")
    with op.batch_alter_table("share_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_link_candidate_id"))

    op.drop_table("share_link")
    op.drop_table("portfolio_competence")
