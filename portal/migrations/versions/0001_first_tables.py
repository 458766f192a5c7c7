"""first tables

Revision ID: 0001
Revises:
"""

from alembic import op
import sqlalchemy as sa


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "index_change",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_index_change")),
    )
    op.create_index(op.f("ix_index_change_opportunity_id"), "index_change", ["opportunity_id"])
    op.create_table(
        "index_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_index_clock_one_row")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_index_clock_value")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_clock")),
    )
    # The only row there ever is; changes of the pool count from here.
    op.execute("INSERT INTO index_clock (id, value) VALUES (1, 0)")
    op.create_table(
        "match_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("ambition", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("province", sa.String(length=60), nullable=True),
        sa.Column("travel_km", sa.Double(), nullable=True),
        sa.Column("hours_low", sa.Double(), nullable=True),
        sa.Column("hours_high", sa.Double(), nullable=True),
        sa.Column("ambition_weight", sa.Double(), nullable=False),
        sa.Column("gates", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ambition_weight BETWEEN 0 AND 1", name=op.f("ck_match_request_ambition_weight")
        ),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_match_request_expires_at")),
        sa.CheckConstraint(
            "hours_low > 0 AND hours_low <= hours_high AND hours_high <= 60",
            name=op.f("ck_match_request_hours"),
        ),
        sa.CheckConstraint("travel_km > 0", name=op.f("ck_match_request_travel_km")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_request")),
        sa.UniqueConstraint("token", name=op.f("uq_match_request_token")),
    )
    op.create_index(op.f("ix_match_request_expires_at"), "match_request", ["expires_at"])
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_message_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
    )
    op.create_index(
        op.f("ix_outbox_message_sent_at_next_attempt_at"),
        "outbox_message",
        ["sent_at", "next_attempt_at"],
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("description", sa.String(length=255), nullable=True),
        sa.CheckConstraint(
            "name IN ('candidate', 'employer', 'coordinator', 'coach', 'admin')",
            name=op.f("ck_role_name"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_user_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
    )
    op.create_table(
        "audit_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("object_type", sa.String(length=80), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user.id"], name=op.f("fk_audit_line_actor_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_line")),
    )
    op.create_index(op.f("ix_audit_line_actor_id"), "audit_line", ["actor_id"])
    op.create_index(op.f("ix_audit_line_at"), "audit_line", ["at"])
    op.create_index(
        op.f("ix_audit_line_object_type_object_id"), "audit_line", ["object_type", "object_id"]
    )
    op.create_table(
        "match_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("encoder_version", sa.String(length=120), nullable=False),
        sa.Column("index_number", sa.BigInteger(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["match_request.id"],
            name=op.f("fk_match_run_request_id_match_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
    )
    op.create_index(op.f("ix_match_run_request_id"), "match_run", ["request_id"])
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_membership_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "user_id", "organisation_id", name=op.f("uq_membership_user_id_organisation_id")
        ),
    )
    op.create_index(op.f("ix_membership_organisation_id"), "membership", ["organisation_id"])
    op.create_table(
        "roles_users",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_roles_users_role_id_role"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_roles_users_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "role_id", name=op.f("pk_roles_users")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("province", sa.String(length=60), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_site_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_site_longitude")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_site_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("slug", name=op.f("uq_site_slug")),
    )
    op.create_index(op.f("ix_site_organisation_id"), "site", ["organisation_id"])
    op.create_table(
        "opportunity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("target_groups", sa.JSON(), nullable=False),
        sa.Column("profession", sa.String(length=80), nullable=True),
        sa.Column("second_profession", sa.String(length=80), nullable=True),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("hours_min", sa.Double(), nullable=True),
        sa.Column("hours_max", sa.Double(), nullable=True),
        sa.Column("day_parts", sa.Integer(), nullable=False),
        sa.Column("hours_flexible", sa.Boolean(), nullable=False),
        sa.Column("combinable", sa.Boolean(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("diploma_required", sa.Boolean(), nullable=False),
        sa.Column("pay_group", sa.String(length=60), nullable=True),
        sa.Column("pay_min", sa.Integer(), nullable=True),
        sa.Column("pay_max", sa.Integer(), nullable=True),
        sa.Column("collective_agreement", sa.String(length=120), nullable=True),
        sa.Column("contract", sa.String(length=40), nullable=False),
        sa.Column("learning_paid", sa.Boolean(), nullable=False),
        sa.Column("shape", sa.String(length=60), nullable=True),
        sa.Column("guidance", sa.Text(), nullable=True),
        sa.Column("support", sa.JSON(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_opportunity_closed_at")
        ),
        sa.CheckConstraint(
            "contract IN ('permanent', 'fixed_term', 'fixed_term_then_permanent', 'learning', 'placement', 'preparatory')",
            name=op.f("ck_opportunity_contract"),
        ),
        sa.CheckConstraint(
            "kind IN ('vacancy', 'traineeship', 'combined_function')",
            name=op.f("ck_opportunity_kind"),
        ),
        sa.CheckConstraint("language IN ('nl', 'en')", name=op.f("ck_opportunity_language")),
        sa.CheckConstraint(
            "status = 'draft' OR (hours_min IS NOT NULL AND hours_max IS NOT NULL AND closes_on IS NOT NULL AND published_at IS NOT NULL AND title <> '' AND text <> '')",
            name=op.f("ck_opportunity_complete"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'published', 'closed')", name=op.f("ck_opportunity_status")
        ),
        sa.CheckConstraint(
            "day_parts BETWEEN 0 AND 268435455", name=op.f("ck_opportunity_day_parts")
        ),
        sa.CheckConstraint(
            "hours_min > 0 AND hours_min <= hours_max AND hours_max <= 60",
            name=op.f("ck_opportunity_hours"),
        ),
        sa.CheckConstraint("level IN (0, 1, 2, 3, 4, 6, 7)", name=op.f("ck_opportunity_level")),
        sa.CheckConstraint("pay_min >= 0 AND pay_min <= pay_max", name=op.f("ck_opportunity_pay")),
        sa.CheckConstraint("places BETWEEN 1 AND 500", name=op.f("ck_opportunity_places")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_opportunity_version")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_opportunity_site_id_site"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
        sa.UniqueConstraint("slug", name=op.f("uq_opportunity_slug")),
    )
    op.create_index(op.f("ix_opportunity_field"), "opportunity", ["field"])
    op.create_index(op.f("ix_opportunity_site_id"), "opportunity", ["site_id"])
    op.create_index(op.f("ix_opportunity_status_closes_on"), "opportunity", ["status", "closes_on"])
    op.create_table(
        "opportunity_requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("competence", sa.String(length=80), nullable=True),
        sa.Column("gate", sa.String(length=80), nullable=True),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("critical", sa.Boolean(), nullable=False),
        sa.Column("learnable", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "competence IS NOT NULL OR gate IS NOT NULL OR text <> ''",
            name=op.f("ck_opportunity_requirement_something"),
        ),
        sa.CheckConstraint(
            "competence IS NULL OR gate IS NULL", name=op.f("ck_opportunity_requirement_one_thing")
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_opportunity_requirement_position")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_requirement_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_requirement")),
        sa.UniqueConstraint(
            "opportunity_id",
            "position",
            name=op.f("uq_opportunity_requirement_opportunity_id_position"),
        ),
    )
    op.create_table(
        "opportunity_vector",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("encoder_version", sa.String(length=120), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_vector_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "opportunity_id", "encoder_version", name=op.f("pk_opportunity_vector")
        ),
    )


def downgrade():
    op.drop_table("opportunity_vector")
    op.drop_table("opportunity_requirement")
    op.drop_index(op.f("ix_opportunity_status_closes_on"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_site_id"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_field"), table_name="opportunity")

    op.drop_table("opportunity")
    op.drop_index(op.f("ix_site_organisation_id"), table_name="site")

    op.drop_table("site")
    op.drop_table("roles_users")
    op.drop_index(op.f("ix_membership_organisation_id"), table_name="membership")

    op.drop_table("membership")
    op.drop_index(op.f("ix_match_run_request_id"), table_name="match_run")

    op.drop_table("match_run")
    op.drop_index(op.f("ix_audit_line_object_type_object_id"), table_name="audit_line")
    op.drop_index(op.f("ix_audit_line_at"), table_name="audit_line")
    op.drop_index(op.f("ix_audit_line_actor_id"), table_name="audit_line")

    op.drop_table("audit_line")
    op.drop_table("user")
    op.drop_table("role")
    op.drop_index(op.f("ix_outbox_message_sent_at_next_attempt_at"), table_name="outbox_message")

    op.drop_table("outbox_message")
    op.drop_table("organisation")
    op.drop_index(op.f("ix_match_request_expires_at"), table_name="match_request")

    op.drop_table("match_request")
    op.drop_table("index_clock")
    op.drop_index(op.f("ix_index_change_opportunity_id"), table_name="index_change")

    op.drop_table("index_change")
