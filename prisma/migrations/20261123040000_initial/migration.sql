-- btree_gist lets an EXCLUDE constraint compare ids with "=" beside ranges with "&&". It is a trusted extension: the owner
-- of the database may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('patient', 'practitioner', 'administrator');

-- CreateEnum
CREATE TYPE "AccessPurpose" AS ENUM ('visit', 'invitation', 'setup');

-- CreateEnum
CREATE TYPE "SlotStatus" AS ENUM ('busy-tentative', 'busy');

-- CreateEnum
CREATE TYPE "AppointmentStatus" AS ENUM ('pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow');

-- CreateEnum
CREATE TYPE "PractitionerEntry" AS ENUM ('guest', 'account');

-- CreateEnum
CREATE TYPE "NotificationKind" AS ENUM ('booking_confirmed', 'booking_received', 'appointment_cancelled', 'invitation');

-- CreateEnum
CREATE TYPE "NotificationStatus" AS ENUM ('queued', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "EncounterStatus" AS ENUM ('planned', 'arrived', 'in-progress', 'finished', 'cancelled');

-- CreateEnum
CREATE TYPE "ConferenceState" AS ENUM ('stopped', 'running');

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "chain" SMALLINT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_pseudonym" UUID,
    "subject_pseudonym" UUID,
    "entity_type" TEXT,
    "entity_id" UUID,
    "address" TEXT,
    "details" JSONB NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_chain" (
    "chain" SMALLINT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("chain")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "roles" "Role"[],
    "locale" TEXT NOT NULL,
    "time_zone" TEXT,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "disabled_at" TIMESTAMPTZ(3),
    "pseudonym" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "session_version" INTEGER NOT NULL,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_link" (
    "id" UUID NOT NULL,
    "purpose" "AccessPurpose" NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "appointment_id" UUID,
    "user_id" UUID,
    "expires_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "access_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "resets_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "availability_rule" (
    "id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "start_time" TEXT NOT NULL,
    "end_time" TEXT NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,

    CONSTRAINT "availability_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slot" (
    "id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "visit_type_id" UUID NOT NULL,
    "patient_id" UUID,
    "appointment_id" UUID,
    "status" "SlotStatus" NOT NULL,
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "end_at" TIMESTAMPTZ(3) NOT NULL,
    "visit_start_at" TIMESTAMPTZ(3) NOT NULL,
    "visit_end_at" TIMESTAMPTZ(3) NOT NULL,
    "seats" SMALLINT NOT NULL,
    "overbooked" BOOLEAN NOT NULL DEFAULT false,
    "holder_hash" BYTEA,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "slot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment" (
    "id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "visit_type_id" UUID NOT NULL,
    "status" "AppointmentStatus" NOT NULL,
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "end_at" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "reason_sealed" BYTEA,
    "reason_key_id" TEXT,
    "idempotency_key" UUID NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "cancelled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "specialty" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "names" JSONB NOT NULL,

    CONSTRAINT "specialty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "practitioner" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "specialty_id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "languages" TEXT[],
    "introductions" JSONB,
    "time_zone" TEXT NOT NULL,
    "entry" "PractitionerEntry" NOT NULL DEFAULT 'guest',
    "trueconf_user" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "practitioner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_type" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "names" JSONB NOT NULL,
    "duration_minutes" INTEGER NOT NULL,
    "interval_minutes" INTEGER NOT NULL,
    "buffer_before_minutes" INTEGER NOT NULL DEFAULT 0,
    "buffer_after_minutes" INTEGER NOT NULL DEFAULT 0,
    "min_notice_minutes" INTEGER NOT NULL DEFAULT 0,
    "horizon_days" INTEGER NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_type_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "practitioner_visit_type" (
    "practitioner_id" UUID NOT NULL,
    "visit_type_id" UUID NOT NULL,

    CONSTRAINT "practitioner_visit_type_pkey" PRIMARY KEY ("practitioner_id","visit_type_id")
);

-- CreateTable
CREATE TABLE "patient" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "email_verified_at" TIMESTAMPTZ(3),
    "phone" TEXT,
    "locale" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "pseudonym" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "kind" "NotificationKind" NOT NULL,
    "status" "NotificationStatus" NOT NULL DEFAULT 'queued',
    "appointment_id" UUID,
    "patient_id" UUID,
    "user_id" UUID,
    "sequence" INTEGER,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_at" TIMESTAMPTZ(3),
    "last_failure" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "encounter" (
    "id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "status" "EncounterStatus" NOT NULL,
    "entry" "PractitionerEntry" NOT NULL,
    "arrived_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "encounter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conference" (
    "id" UUID NOT NULL,
    "encounter_id" UUID NOT NULL,
    "trueconf_id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "state" "ConferenceState" NOT NULL DEFAULT 'stopped',
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "calendar_google" TEXT,
    "calendar_outlook" TEXT,
    "calendar_ics" TEXT,
    "last_failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conference_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guest" (
    "id" UUID NOT NULL,
    "encounter_id" UUID NOT NULL,
    "patient_id" UUID,
    "practitioner_id" UUID,
    "guest_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_event_subject_pseudonym_occurred_at_idx" ON "audit_event"("subject_pseudonym", "occurred_at");

-- CreateIndex
CREATE INDEX "audit_event_occurred_at_idx" ON "audit_event"("occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_chain_sequence_key" ON "audit_event"("chain", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_pseudonym_key" ON "user"("pseudonym");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "access_link_token_hash_key" ON "access_link"("token_hash");

-- CreateIndex
CREATE INDEX "access_link_appointment_id_idx" ON "access_link"("appointment_id");

-- CreateIndex
CREATE INDEX "access_link_user_id_idx" ON "access_link"("user_id");

-- CreateIndex
CREATE INDEX "rate_limit_resets_at_idx" ON "rate_limit"("resets_at");

-- CreateIndex
CREATE INDEX "availability_rule_practitioner_id_idx" ON "availability_rule"("practitioner_id");

-- CreateIndex
CREATE UNIQUE INDEX "slot_appointment_id_key" ON "slot"("appointment_id");

-- CreateIndex
CREATE INDEX "slot_practitioner_id_end_at_idx" ON "slot"("practitioner_id", "end_at");

-- CreateIndex
CREATE INDEX "slot_visit_type_id_idx" ON "slot"("visit_type_id");

-- CreateIndex
CREATE INDEX "slot_patient_id_idx" ON "slot"("patient_id");

-- CreateIndex
CREATE INDEX "slot_visit_end_at_idx" ON "slot"("visit_end_at");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_idempotency_key_key" ON "appointment"("idempotency_key");

-- CreateIndex
CREATE INDEX "appointment_practitioner_id_start_at_idx" ON "appointment"("practitioner_id", "start_at");

-- CreateIndex
CREATE INDEX "appointment_patient_id_start_at_idx" ON "appointment"("patient_id", "start_at");

-- CreateIndex
CREATE INDEX "appointment_visit_type_id_idx" ON "appointment"("visit_type_id");

-- CreateIndex
CREATE UNIQUE INDEX "specialty_code_key" ON "specialty"("code");

-- CreateIndex
CREATE UNIQUE INDEX "practitioner_user_id_key" ON "practitioner"("user_id");

-- CreateIndex
CREATE INDEX "practitioner_specialty_id_idx" ON "practitioner"("specialty_id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_type_code_key" ON "visit_type"("code");

-- CreateIndex
CREATE INDEX "practitioner_visit_type_visit_type_id_idx" ON "practitioner_visit_type"("visit_type_id");

-- CreateIndex
CREATE UNIQUE INDEX "patient_user_id_key" ON "patient"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "patient_pseudonym_key" ON "patient"("pseudonym");

-- CreateIndex
CREATE INDEX "notification_status_created_at_idx" ON "notification"("status", "created_at");

-- CreateIndex
CREATE INDEX "notification_appointment_id_idx" ON "notification"("appointment_id");

-- CreateIndex
CREATE INDEX "notification_patient_id_idx" ON "notification"("patient_id");

-- CreateIndex
CREATE INDEX "notification_user_id_idx" ON "notification"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "encounter_appointment_id_key" ON "encounter"("appointment_id");

-- CreateIndex
CREATE UNIQUE INDEX "conference_encounter_id_key" ON "conference"("encounter_id");

-- CreateIndex
CREATE UNIQUE INDEX "conference_trueconf_id_key" ON "conference"("trueconf_id");

-- CreateIndex
CREATE UNIQUE INDEX "guest_guest_id_key" ON "guest"("guest_id");

-- CreateIndex
CREATE INDEX "guest_patient_id_idx" ON "guest"("patient_id");

-- CreateIndex
CREATE INDEX "guest_practitioner_id_idx" ON "guest"("practitioner_id");

-- CreateIndex
CREATE UNIQUE INDEX "guest_encounter_id_patient_id_key" ON "guest"("encounter_id", "patient_id");

-- CreateIndex
CREATE UNIQUE INDEX "guest_encounter_id_practitioner_id_key" ON "guest"("encounter_id", "practitioner_id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_link" ADD CONSTRAINT "access_link_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_link" ADD CONSTRAINT "access_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule" ADD CONSTRAINT "availability_rule_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot" ADD CONSTRAINT "slot_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot" ADD CONSTRAINT "slot_visit_type_id_fkey" FOREIGN KEY ("visit_type_id") REFERENCES "visit_type"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot" ADD CONSTRAINT "slot_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot" ADD CONSTRAINT "slot_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_visit_type_id_fkey" FOREIGN KEY ("visit_type_id") REFERENCES "visit_type"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner" ADD CONSTRAINT "practitioner_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner" ADD CONSTRAINT "practitioner_specialty_id_fkey" FOREIGN KEY ("specialty_id") REFERENCES "specialty"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner_visit_type" ADD CONSTRAINT "practitioner_visit_type_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner_visit_type" ADD CONSTRAINT "practitioner_visit_type_visit_type_id_fkey" FOREIGN KEY ("visit_type_id") REFERENCES "visit_type"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "patient" ADD CONSTRAINT "patient_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conference" ADD CONSTRAINT "conference_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guest" ADD CONSTRAINT "guest_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guest" ADD CONSTRAINT "guest_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guest" ADD CONSTRAINT "guest_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE SET NULL ON UPDATE CASCADE;



-- What the schema language cannot say -------------------------------------------------------------------------------

-- One practitioner, one claim at a time, buffers included. This is what refuses the second booking, whatever the code does.
-- A row that staff made on top of another, with a written reason, is exempt.
ALTER TABLE "slot" ADD CONSTRAINT "slot_practitioner_excl"
  EXCLUDE USING gist ("practitioner_id" WITH =, tstzrange("start_at", "end_at", '[)') WITH &&) WHERE (NOT "overbooked");

-- One patient, one visit at a time, on the visits' own times.
ALTER TABLE "slot" ADD CONSTRAINT "slot_patient_excl"
  EXCLUDE USING gist ("patient_id" WITH =, tstzrange("visit_start_at", "visit_end_at", '[)') WITH &&)
  WHERE ("status" = 'busy' AND "patient_id" IS NOT NULL AND NOT "overbooked");

ALTER TABLE "slot" ADD CONSTRAINT "slot_times_check" CHECK (
  "start_at" < "end_at" AND "visit_start_at" < "visit_end_at" AND "start_at" <= "visit_start_at" AND "visit_end_at" <= "end_at"
);
ALTER TABLE "slot" ADD CONSTRAINT "slot_seats_check" CHECK ("seats" >= 0);
-- A hold has a holder and an end; an appointment's claim has a patient and the appointment.
ALTER TABLE "slot" ADD CONSTRAINT "slot_status_check" CHECK (
  CASE "status"
    WHEN 'busy-tentative' THEN "expires_at" IS NOT NULL AND "holder_hash" IS NOT NULL AND "appointment_id" IS NULL
    ELSE "expires_at" IS NULL AND "holder_hash" IS NULL AND "appointment_id" IS NOT NULL AND "patient_id" IS NOT NULL
  END
);

ALTER TABLE "appointment" ADD CONSTRAINT "appointment_times_check" CHECK ("start_at" < "end_at");
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_reason_check" CHECK (("reason_sealed" IS NULL) = ("reason_key_id" IS NULL));
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_cancelled_check" CHECK (("status" = 'cancelled') = ("cancelled_at" IS NOT NULL));

-- The encounter's instants follow its status.
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_status_check" CHECK (
  CASE "status"
    WHEN 'planned' THEN "started_at" IS NULL AND "ended_at" IS NULL
    WHEN 'arrived' THEN "arrived_at" IS NOT NULL AND "started_at" IS NULL AND "ended_at" IS NULL
    WHEN 'in-progress' THEN "started_at" IS NOT NULL AND "ended_at" IS NULL
    WHEN 'finished' THEN "started_at" IS NOT NULL AND "ended_at" IS NOT NULL
    ELSE TRUE
  END
);

-- TrueConf takes Latin letters, digits and underscores; ours are shorter than its 128.
ALTER TABLE "conference" ADD CONSTRAINT "conference_trueconf_id_check" CHECK ("trueconf_id" ~ '^[A-Za-z0-9_]{1,128}$');
ALTER TABLE "guest" ADD CONSTRAINT "guest_guest_id_check" CHECK ("guest_id" ~ '^[a-z0-9_]{8,100}$');
ALTER TABLE "guest" ADD CONSTRAINT "guest_person_check" CHECK (("patient_id" IS NULL) <> ("practitioner_id" IS NULL));

ALTER TABLE "availability_rule" ADD CONSTRAINT "availability_rule_check" CHECK (
  "weekday" BETWEEN 1 AND 7
  AND "start_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
  AND "end_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
  AND ("valid_from" IS NULL OR "valid_to" IS NULL OR "valid_from" <= "valid_to")
);

ALTER TABLE "visit_type" ADD CONSTRAINT "visit_type_minutes_check" CHECK (
  "duration_minutes" BETWEEN 5 AND 480 AND "interval_minutes" BETWEEN 5 AND 480
  AND "buffer_before_minutes" BETWEEN 0 AND 120 AND "buffer_after_minutes" BETWEEN 0 AND 120
  AND "min_notice_minutes" BETWEEN 0 AND 43200 AND "horizon_days" BETWEEN 1 AND 366
);

ALTER TABLE "user" ADD CONSTRAINT "user_email_check" CHECK ("email" = lower("email") AND "email" LIKE '%_@_%');
ALTER TABLE "access_link" ADD CONSTRAINT "access_link_purpose_check" CHECK (
  CASE "purpose"
    WHEN 'visit' THEN "appointment_id" IS NOT NULL AND "user_id" IS NULL
    WHEN 'invitation' THEN "user_id" IS NOT NULL AND "appointment_id" IS NULL AND "expires_at" IS NOT NULL
    ELSE "user_id" IS NULL AND "appointment_id" IS NULL AND "expires_at" IS NOT NULL
  END
);
ALTER TABLE "notification" ADD CONSTRAINT "notification_recipient_check" CHECK (("patient_id" IS NULL) <> ("user_id" IS NULL));
ALTER TABLE "notification" ADD CONSTRAINT "notification_appointment_check" CHECK (("appointment_id" IS NULL) = ("sequence" IS NULL));

-- The trail's chains begin empty; their heads are locked last in every transaction that writes to them.
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_chain_check" CHECK ("chain" BETWEEN 0 AND 63 AND "sequence" >= 1);
INSERT INTO "audit_chain" ("chain", "sequence", "hash") SELECT n, 0, '\x' FROM generate_series(0, 63) AS n;
