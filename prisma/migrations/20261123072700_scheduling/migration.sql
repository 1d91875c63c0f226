-- Trigrams let a search for a name forgive typing. A trusted extension, like btree_gist.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "CancelledBy" AS ENUM ('patient', 'staff', 'system');

-- CreateEnum
CREATE TYPE "IntakeKind" AS ENUM ('text', 'choice', 'number', 'date');

-- CreateEnum
CREATE TYPE "ConsentKind" AS ENUM ('treatment', 'data');

-- CreateEnum
CREATE TYPE "WaitlistStatus" AS ENUM ('waiting', 'booked', 'ended');

-- CreateEnum
CREATE TYPE "WaitlistOfferStatus" AS ENUM ('open', 'taken', 'declined', 'expired');

-- AlterEnum
ALTER TYPE "AccessPurpose" ADD VALUE 'calendar';
ALTER TYPE "AccessPurpose" ADD VALUE 'waitlist';

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'appointment_moved';
ALTER TYPE "NotificationKind" ADD VALUE 'appointment_reminder';
ALTER TYPE "NotificationKind" ADD VALUE 'visit_list';
ALTER TYPE "NotificationKind" ADD VALUE 'waitlist_joined';
ALTER TYPE "NotificationKind" ADD VALUE 'waitlist_offer';

-- AlterTable
ALTER TABLE "access_link" ADD COLUMN     "patient_id" UUID,
ADD COLUMN     "waitlist_entry_id" UUID;

-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "cancel_reason_key_id" TEXT,
ADD COLUMN     "cancel_reason_sealed" BYTEA,
ADD COLUMN     "cancelled_by" "CancelledBy",
ADD COLUMN     "moved_at" TIMESTAMPTZ(3),
ADD COLUMN     "moved_from_at" TIMESTAMPTZ(3),
ADD COLUMN     "overbook_reason_key_id" TEXT,
ADD COLUMN     "overbook_reason_sealed" BYTEA;

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "reminder_minutes" INTEGER,
ADD COLUMN     "waitlist_entry_id" UUID;

-- AlterTable
ALTER TABLE "patient" ADD COLUMN     "contact_name" TEXT,
ADD COLUMN     "contact_user_id" UUID;

-- AlterTable
ALTER TABLE "practitioner" ADD COLUMN     "search_name" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "slot" ADD COLUMN     "full_expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "presence_sequence" BIGINT;

-- AlterTable
ALTER TABLE "visit_type" ADD COLUMN     "change_notice_minutes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "max_per_day" INTEGER,
ADD COLUMN     "reminder_minutes" INTEGER[] DEFAULT ARRAY[1440, 60]::INTEGER[];

-- CreateTable
CREATE TABLE "availability_override" (
    "id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "availability_override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "override_interval" (
    "id" UUID NOT NULL,
    "override_id" UUID NOT NULL,
    "start_time" TEXT NOT NULL,
    "end_time" TEXT NOT NULL,

    CONSTRAINT "override_interval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "time_off" (
    "id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "start_on" DATE NOT NULL,
    "start_time" TEXT NOT NULL,
    "end_on" DATE NOT NULL,
    "end_time" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "time_off_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "closure" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "start_on" DATE NOT NULL,
    "end_on" DATE NOT NULL,
    "import_uid" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "closure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intake_question" (
    "id" UUID NOT NULL,
    "visit_type_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "IntakeKind" NOT NULL,
    "labels" JSONB NOT NULL,
    "options" JSONB,
    "required" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "intake_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intake_answer" (
    "id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "question_id" UUID NOT NULL,
    "value_sealed" BYTEA NOT NULL,
    "value_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "intake_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_text" (
    "id" UUID NOT NULL,
    "kind" "ConsentKind" NOT NULL,
    "version" INTEGER NOT NULL,
    "texts" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_text_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "consent_text_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "agreed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waitlist_entry" (
    "id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "visit_type_id" UUID NOT NULL,
    "practitioner_id" UUID,
    "specialty_id" UUID,
    "status" "WaitlistStatus" NOT NULL DEFAULT 'waiting',
    "from_on" DATE NOT NULL,
    "to_on" DATE NOT NULL,
    "weekdays" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "from_time" TEXT NOT NULL DEFAULT '00:00',
    "to_time" TEXT NOT NULL DEFAULT '00:00',
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "waitlist_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waitlist_offer" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "WaitlistOfferStatus" NOT NULL DEFAULT 'open',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "waitlist_offer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "availability_override_practitioner_id_date_key" ON "availability_override"("practitioner_id", "date");

-- CreateIndex
CREATE INDEX "override_interval_override_id_idx" ON "override_interval"("override_id");

-- CreateIndex
CREATE INDEX "time_off_practitioner_id_end_on_idx" ON "time_off"("practitioner_id", "end_on");

-- CreateIndex
CREATE UNIQUE INDEX "closure_import_uid_key" ON "closure"("import_uid");

-- CreateIndex
CREATE INDEX "closure_end_on_idx" ON "closure"("end_on");

-- CreateIndex
CREATE INDEX "intake_question_visit_type_id_position_idx" ON "intake_question"("visit_type_id", "position");

-- CreateIndex
CREATE INDEX "intake_answer_question_id_idx" ON "intake_answer"("question_id");

-- CreateIndex
CREATE UNIQUE INDEX "intake_answer_appointment_id_question_id_key" ON "intake_answer"("appointment_id", "question_id");

-- CreateIndex
CREATE UNIQUE INDEX "consent_text_kind_version_key" ON "consent_text"("kind", "version");

-- CreateIndex
CREATE INDEX "consent_patient_id_idx" ON "consent"("patient_id");

-- CreateIndex
CREATE INDEX "consent_consent_text_id_idx" ON "consent"("consent_text_id");

-- CreateIndex
CREATE UNIQUE INDEX "consent_appointment_id_consent_text_id_key" ON "consent"("appointment_id", "consent_text_id");

-- CreateIndex
CREATE INDEX "waitlist_entry_status_created_at_idx" ON "waitlist_entry"("status", "created_at");

-- CreateIndex
CREATE INDEX "waitlist_entry_patient_id_idx" ON "waitlist_entry"("patient_id");

-- CreateIndex
CREATE INDEX "waitlist_entry_visit_type_id_idx" ON "waitlist_entry"("visit_type_id");

-- CreateIndex
CREATE INDEX "waitlist_entry_practitioner_id_idx" ON "waitlist_entry"("practitioner_id");

-- CreateIndex
CREATE INDEX "waitlist_entry_specialty_id_idx" ON "waitlist_entry"("specialty_id");

-- CreateIndex
CREATE UNIQUE INDEX "waitlist_offer_appointment_id_key" ON "waitlist_offer"("appointment_id");

-- CreateIndex
CREATE INDEX "waitlist_offer_practitioner_id_idx" ON "waitlist_offer"("practitioner_id");

-- CreateIndex
CREATE INDEX "waitlist_offer_status_expires_at_idx" ON "waitlist_offer"("status", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "waitlist_offer_entry_id_practitioner_id_start_at_key" ON "waitlist_offer"("entry_id", "practitioner_id", "start_at");

-- CreateIndex
CREATE INDEX "access_link_patient_id_idx" ON "access_link"("patient_id");

-- CreateIndex
CREATE INDEX "access_link_waitlist_entry_id_idx" ON "access_link"("waitlist_entry_id");

-- CreateIndex
CREATE INDEX "appointment_start_at_idx" ON "appointment"("start_at");

-- CreateIndex
CREATE INDEX "notification_waitlist_entry_id_idx" ON "notification"("waitlist_entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_appointment_id_sequence_reminder_minutes_key" ON "notification"("appointment_id", "sequence", "reminder_minutes");

-- CreateIndex
CREATE INDEX "patient_contact_user_id_idx" ON "patient"("contact_user_id");

-- CreateIndex
CREATE INDEX "patient_email_idx" ON "patient"("email");

-- CreateIndex
CREATE INDEX "practitioner_search_name_idx" ON "practitioner" USING GIN ("search_name" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "slot_holder_hash_key" ON "slot"("holder_hash");

-- AddForeignKey
ALTER TABLE "access_link" ADD CONSTRAINT "access_link_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_link" ADD CONSTRAINT "access_link_waitlist_entry_id_fkey" FOREIGN KEY ("waitlist_entry_id") REFERENCES "waitlist_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_override" ADD CONSTRAINT "availability_override_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "override_interval" ADD CONSTRAINT "override_interval_override_id_fkey" FOREIGN KEY ("override_id") REFERENCES "availability_override"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "intake_question" ADD CONSTRAINT "intake_question_visit_type_id_fkey" FOREIGN KEY ("visit_type_id") REFERENCES "visit_type"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "intake_answer" ADD CONSTRAINT "intake_answer_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "intake_answer" ADD CONSTRAINT "intake_answer_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "intake_question"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_consent_text_id_fkey" FOREIGN KEY ("consent_text_id") REFERENCES "consent_text"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_visit_type_id_fkey" FOREIGN KEY ("visit_type_id") REFERENCES "visit_type"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_specialty_id_fkey" FOREIGN KEY ("specialty_id") REFERENCES "specialty"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_offer" ADD CONSTRAINT "waitlist_offer_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "waitlist_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_offer" ADD CONSTRAINT "waitlist_offer_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_offer" ADD CONSTRAINT "waitlist_offer_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "patient" ADD CONSTRAINT "patient_contact_user_id_fkey" FOREIGN KEY ("contact_user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_waitlist_entry_id_fkey" FOREIGN KEY ("waitlist_entry_id") REFERENCES "waitlist_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What the schema language cannot say -------------------------------------------------------------------------------
-- Values that this migration adds to an enum cannot be used as such before it commits, so they are compared as text.

-- A hold has its visitor, an offer its appointment, and both an end; an appointment's claim has a patient and the appointment.
ALTER TABLE "slot" DROP CONSTRAINT "slot_status_check";
ALTER TABLE "slot" ADD CONSTRAINT "slot_status_check" CHECK (
  CASE "status"
    WHEN 'busy-tentative' THEN "expires_at" IS NOT NULL AND ("holder_hash" IS NULL) <> ("appointment_id" IS NULL) AND NOT "overbooked"
    ELSE "expires_at" IS NULL AND "holder_hash" IS NULL AND "full_expires_at" IS NULL AND "presence_sequence" IS NULL
      AND "appointment_id" IS NOT NULL AND "patient_id" IS NOT NULL
  END
);

UPDATE "appointment" SET "cancelled_by" = 'staff' WHERE "status" = 'cancelled';
ALTER TABLE "appointment" DROP CONSTRAINT "appointment_cancelled_check";
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_cancelled_check" CHECK (
  ("status" = 'cancelled') = ("cancelled_at" IS NOT NULL) AND ("status" = 'cancelled') = ("cancelled_by" IS NOT NULL)
  AND ("cancel_reason_sealed" IS NULL) = ("cancel_reason_key_id" IS NULL)
  AND ("status" = 'cancelled' OR "cancel_reason_sealed" IS NULL)
);
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_overbook_check" CHECK (
  ("overbook_reason_sealed" IS NULL) = ("overbook_reason_key_id" IS NULL)
);
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_moved_check" CHECK (("moved_from_at" IS NULL) = ("moved_at" IS NULL));

ALTER TABLE "visit_type" ADD CONSTRAINT "visit_type_limits_check" CHECK (
  ("max_per_day" IS NULL OR "max_per_day" BETWEEN 1 AND 500) AND "change_notice_minutes" BETWEEN 0 AND 43200
  AND cardinality("reminder_minutes") <= 4 AND 5 <= ALL ("reminder_minutes") AND 43200 >= ALL ("reminder_minutes")
);
ALTER TABLE "intake_question" ADD CONSTRAINT "intake_question_options_check" CHECK (("kind" = 'choice') = ("options" IS NOT NULL));
ALTER TABLE "consent_text" ADD CONSTRAINT "consent_text_version_check" CHECK ("version" >= 1);

-- The same wall-clock times as those of weekly rules.
ALTER TABLE "override_interval" ADD CONSTRAINT "override_interval_check" CHECK (
  "start_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' AND "end_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
);
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_check" CHECK (
  "start_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' AND "end_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
  AND ("start_on", "start_time") < ("end_on", "end_time")
);
ALTER TABLE "closure" ADD CONSTRAINT "closure_check" CHECK ("start_on" <= "end_on");

ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_check" CHECK (
  ("practitioner_id" IS NULL) <> ("specialty_id" IS NULL) AND ("status" = 'waiting') = ("ended_at" IS NULL)
  AND "from_on" <= "to_on" AND "weekdays" <@ ARRAY[1, 2, 3, 4, 5, 6, 7]
  AND "from_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' AND "to_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
);
-- Nobody waits twice for the same thing.
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_excl" EXCLUDE (
  "patient_id" WITH =, "visit_type_id" WITH =, (coalesce("practitioner_id", "specialty_id")) WITH =
) WHERE ("status" = 'waiting');
-- One offer at a time.
ALTER TABLE "waitlist_offer" ADD CONSTRAINT "waitlist_offer_excl" EXCLUDE ("entry_id" WITH =) WHERE ("status" = 'open');

ALTER TABLE "access_link" DROP CONSTRAINT "access_link_purpose_check";
ALTER TABLE "access_link" ADD CONSTRAINT "access_link_purpose_check" CHECK (
  CASE "purpose"::text
    WHEN 'visit' THEN num_nonnulls("user_id", "patient_id", "waitlist_entry_id") = 0 AND "appointment_id" IS NOT NULL
    WHEN 'waitlist' THEN num_nonnulls("user_id", "patient_id", "appointment_id") = 0 AND "waitlist_entry_id" IS NOT NULL
    WHEN 'calendar' THEN num_nonnulls("user_id", "patient_id") = 1 AND num_nonnulls("appointment_id", "waitlist_entry_id") = 0
    WHEN 'invitation' THEN "user_id" IS NOT NULL AND "expires_at" IS NOT NULL
      AND num_nonnulls("appointment_id", "patient_id", "waitlist_entry_id") = 0
    ELSE num_nonnulls("user_id", "appointment_id", "patient_id", "waitlist_entry_id") = 0 AND "expires_at" IS NOT NULL
  END
);
ALTER TABLE "notification" ADD CONSTRAINT "notification_kind_check" CHECK (
  ("kind"::text = 'appointment_reminder') = ("reminder_minutes" IS NOT NULL)
  AND ("kind"::text IN ('waitlist_joined', 'waitlist_offer')) = ("waitlist_entry_id" IS NOT NULL)
);

-- The portal writes this with every change of a name; those that are there already get it here.
UPDATE "practitioner" SET "search_name" = translate(
  lower("display_name"), 'абвгдеёзийклмнопрстуфхцыэ', 'abvgdeezijklmnoprstufhcye'
);
