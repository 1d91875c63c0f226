-- CreateEnum
CREATE TYPE "AppointmentOrigin" AS ENUM ('scheduled', 'now', 'chat');

-- CreateEnum
CREATE TYPE "NoShow" AS ENUM ('patient', 'practitioner');

-- CreateEnum
CREATE TYPE "ConversationSide" AS ENUM ('patient', 'practitioner');

-- CreateEnum
CREATE TYPE "MessageKind" AS ENUM ('text', 'visit');

-- CreateEnum
CREATE TYPE "ScanStatus" AS ENUM ('pending', 'clean', 'refused');

-- CreateEnum
CREATE TYPE "QueueEntryStatus" AS ENUM ('waiting', 'accepted', 'left', 'lapsed');

-- CreateEnum
CREATE TYPE "QueueOfferStatus" AS ENUM ('open', 'accepted', 'declined', 'expired', 'withdrawn');

-- CreateEnum
CREATE TYPE "VisitSide" AS ENUM ('patient', 'practitioner', 'third');

-- CreateEnum
CREATE TYPE "AttendanceSource" AS ENUM ('portal', 'participants', 'call-log');

-- CreateEnum
CREATE TYPE "DeviceOutcome" AS ENUM ('ready', 'audio-only', 'not-ready');

-- CreateEnum
CREATE TYPE "WaitingMessageKind" AS ENUM ('soon', 'text');

-- CreateEnum
CREATE TYPE "HandoverStatus" AS ENUM ('offered', 'accepted', 'declined', 'withdrawn');

-- CreateEnum
CREATE TYPE "ThirdPersonKind" AS ENUM ('interpreter', 'relative', 'student', 'other');

-- CreateEnum
CREATE TYPE "ThirdPersonStatus" AS ENUM ('invited', 'waiting', 'admitted', 'revoked');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "AccessPurpose" ADD VALUE 'third_person';
ALTER TYPE "AccessPurpose" ADD VALUE 'queue';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "NotificationKind" ADD VALUE 'running_late';
ALTER TYPE "NotificationKind" ADD VALUE 'third_person_invited';
ALTER TYPE "NotificationKind" ADD VALUE 'messages_unread';
ALTER TYPE "NotificationKind" ADD VALUE 'summary_ready';
ALTER TYPE "NotificationKind" ADD VALUE 'noshow_patient';
ALTER TYPE "NotificationKind" ADD VALUE 'noshow_practitioner';

-- AlterTable
ALTER TABLE "access_link" ADD COLUMN     "queue_entry_id" UUID,
ADD COLUMN     "third_person_id" UUID;

-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "follows_id" UUID,
ADD COLUMN     "no_show" "NoShow",
ADD COLUMN     "no_show_at" TIMESTAMPTZ(3),
ADD COLUMN     "no_show_automatic" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "origin" "AppointmentOrigin" NOT NULL DEFAULT 'scheduled';

-- AlterTable
ALTER TABLE "conference" ADD COLUMN     "empty_since" TIMESTAMPTZ(3),
ADD COLUMN     "is_virtual" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "max_participants" SMALLINT NOT NULL DEFAULT 2,
ADD COLUMN     "polled_at" TIMESTAMPTZ(3),
ADD COLUMN     "self_started_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "encounter" ADD COLUMN     "called_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "guest" ADD COLUMN     "third_person_id" UUID;

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "conversation_id" UUID,
ADD COLUMN     "third_person_id" UUID;

-- AlterTable
ALTER TABLE "visit_type" ADD COLUMN     "offered_now" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "conversation" (
    "id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "last_sequence" INTEGER NOT NULL DEFAULT 0,
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation_reader" (
    "conversation_id" UUID NOT NULL,
    "side" "ConversationSide" NOT NULL,
    "delivered_sequence" INTEGER NOT NULL DEFAULT 0,
    "read_sequence" INTEGER NOT NULL DEFAULT 0,
    "noticed_sequence" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "conversation_reader_pkey" PRIMARY KEY ("conversation_id","side")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "side" "ConversationSide" NOT NULL,
    "kind" "MessageKind" NOT NULL,
    "text_sealed" BYTEA,
    "text_key_id" TEXT,
    "client_id" UUID NOT NULL,
    "appointment_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "message_id" UUID,
    "side" "ConversationSide" NOT NULL,
    "name_sealed" BYTEA NOT NULL,
    "name_key_id" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "storage_key" TEXT NOT NULL,
    "content_key_id" TEXT NOT NULL,
    "scan" "ScanStatus" NOT NULL DEFAULT 'pending',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_entry" (
    "id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "specialty_id" UUID NOT NULL,
    "visit_type_id" UUID NOT NULL,
    "language" TEXT,
    "status" "QueueEntryStatus" NOT NULL DEFAULT 'waiting',
    "priority" SMALLINT NOT NULL DEFAULT 0,
    "priority_reason_sealed" BYTEA,
    "priority_reason_key_id" TEXT,
    "reason_sealed" BYTEA,
    "reason_key_id" TEXT,
    "intake_sealed" BYTEA,
    "intake_key_id" TEXT,
    "locale" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "idempotency_key" UUID NOT NULL,
    "holder_hash" BYTEA,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "appointment_id" UUID,

    CONSTRAINT "queue_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_offer" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "status" "QueueOfferStatus" NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "queue_offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_duty" (
    "practitioner_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "idle_since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queue_duty_pkey" PRIMARY KEY ("practitioner_id")
);

-- CreateTable
CREATE TABLE "visit_note" (
    "id" UUID NOT NULL,
    "encounter_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text_sealed" BYTEA NOT NULL,
    "text_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_summary" (
    "id" UUID NOT NULL,
    "encounter_id" UUID NOT NULL,
    "part" SMALLINT NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "text_sealed" BYTEA NOT NULL,
    "text_key_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "signed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_summary_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "summary_template" (
    "id" UUID NOT NULL,
    "practitioner_id" UUID,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "summary_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_feedback" (
    "encounter_id" UUID NOT NULL,
    "quality" SMALLINT NOT NULL,
    "problems" TEXT[],
    "comment_sealed" BYTEA,
    "comment_key_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_feedback_pkey" PRIMARY KEY ("encounter_id")
);

-- CreateTable
CREATE TABLE "presence" (
    "id" UUID NOT NULL,
    "encounter_id" UUID NOT NULL,
    "side" "VisitSide" NOT NULL,
    "third_person_id" UUID,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attendance" (
    "id" UUID NOT NULL,
    "encounter_id" UUID NOT NULL,
    "source" "AttendanceSource" NOT NULL,
    "side" "VisitSide" NOT NULL,
    "third_person_id" UUID,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3),
    "leave_reason" TEXT,

    CONSTRAINT "attendance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "device_check" (
    "encounter_id" UUID NOT NULL,
    "outcome" "DeviceOutcome" NOT NULL,
    "browser" BOOLEAN NOT NULL,
    "camera" BOOLEAN NOT NULL,
    "microphone" BOOLEAN NOT NULL,
    "speaker" BOOLEAN,
    "network" BOOLEAN NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "device_check_pkey" PRIMARY KEY ("encounter_id")
);

-- CreateTable
CREATE TABLE "waiting_message" (
    "id" UUID NOT NULL,
    "encounter_id" UUID NOT NULL,
    "kind" "WaitingMessageKind" NOT NULL,
    "text_sealed" BYTEA,
    "text_key_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "waiting_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delay" (
    "practitioner_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "minutes" SMALLINT NOT NULL,
    "announced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delay_pkey" PRIMARY KEY ("practitioner_id","date")
);

-- CreateTable
CREATE TABLE "handover" (
    "id" UUID NOT NULL,
    "encounter_id" UUID NOT NULL,
    "from_practitioner_id" UUID NOT NULL,
    "to_practitioner_id" UUID NOT NULL,
    "status" "HandoverStatus" NOT NULL DEFAULT 'offered',
    "note_sealed" BYTEA,
    "note_key_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "third_person" (
    "id" UUID NOT NULL,
    "encounter_id" UUID NOT NULL,
    "kind" "ThirdPersonKind" NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "locale" TEXT NOT NULL,
    "invited_by" "VisitSide" NOT NULL,
    "status" "ThirdPersonStatus" NOT NULL DEFAULT 'invited',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "admitted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "third_person_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "conversation_practitioner_id_last_message_at_idx" ON "conversation"("practitioner_id", "last_message_at");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_patient_id_practitioner_id_key" ON "conversation"("patient_id", "practitioner_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_appointment_id_key" ON "message"("appointment_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_conversation_id_sequence_key" ON "message"("conversation_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "message_conversation_id_client_id_key" ON "message"("conversation_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "attachment_storage_key_key" ON "attachment"("storage_key");

-- CreateIndex
CREATE INDEX "attachment_conversation_id_idx" ON "attachment"("conversation_id");

-- CreateIndex
CREATE INDEX "attachment_message_id_idx" ON "attachment"("message_id");

-- CreateIndex
CREATE INDEX "attachment_scan_created_at_idx" ON "attachment"("scan", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "queue_entry_idempotency_key_key" ON "queue_entry"("idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "queue_entry_appointment_id_key" ON "queue_entry"("appointment_id");

-- CreateIndex
CREATE INDEX "queue_entry_status_specialty_id_priority_joined_at_idx" ON "queue_entry"("status", "specialty_id", "priority", "joined_at");

-- CreateIndex
CREATE INDEX "queue_entry_patient_id_idx" ON "queue_entry"("patient_id");

-- CreateIndex
CREATE INDEX "queue_entry_specialty_id_idx" ON "queue_entry"("specialty_id");

-- CreateIndex
CREATE INDEX "queue_entry_visit_type_id_idx" ON "queue_entry"("visit_type_id");

-- CreateIndex
CREATE INDEX "queue_offer_entry_id_idx" ON "queue_offer"("entry_id");

-- CreateIndex
CREATE INDEX "queue_offer_practitioner_id_idx" ON "queue_offer"("practitioner_id");

-- CreateIndex
CREATE INDEX "queue_offer_status_expires_at_idx" ON "queue_offer"("status", "expires_at");

-- CreateIndex
CREATE INDEX "visit_note_practitioner_id_idx" ON "visit_note"("practitioner_id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_note_encounter_id_version_key" ON "visit_note"("encounter_id", "version");

-- CreateIndex
CREATE INDEX "visit_summary_practitioner_id_idx" ON "visit_summary"("practitioner_id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_summary_encounter_id_part_key" ON "visit_summary"("encounter_id", "part");

-- CreateIndex
CREATE INDEX "summary_template_practitioner_id_idx" ON "summary_template"("practitioner_id");

-- CreateIndex
CREATE INDEX "presence_encounter_id_idx" ON "presence"("encounter_id");

-- CreateIndex
CREATE INDEX "presence_third_person_id_idx" ON "presence"("third_person_id");

-- CreateIndex
CREATE INDEX "presence_beat_at_idx" ON "presence"("beat_at");

-- CreateIndex
CREATE INDEX "attendance_third_person_id_idx" ON "attendance"("third_person_id");

-- CreateIndex
CREATE UNIQUE INDEX "attendance_encounter_id_source_side_third_person_id_from_at_key" ON "attendance"("encounter_id", "source", "side", "third_person_id", "from_at");

-- CreateIndex
CREATE INDEX "waiting_message_encounter_id_created_at_idx" ON "waiting_message"("encounter_id", "created_at");

-- CreateIndex
CREATE INDEX "handover_encounter_id_idx" ON "handover"("encounter_id");

-- CreateIndex
CREATE INDEX "handover_from_practitioner_id_idx" ON "handover"("from_practitioner_id");

-- CreateIndex
CREATE INDEX "handover_to_practitioner_id_status_idx" ON "handover"("to_practitioner_id", "status");

-- CreateIndex
CREATE INDEX "third_person_encounter_id_idx" ON "third_person"("encounter_id");

-- CreateIndex
CREATE INDEX "access_link_third_person_id_idx" ON "access_link"("third_person_id");

-- CreateIndex
CREATE INDEX "access_link_queue_entry_id_idx" ON "access_link"("queue_entry_id");

-- CreateIndex
CREATE INDEX "appointment_follows_id_idx" ON "appointment"("follows_id");

-- CreateIndex
CREATE UNIQUE INDEX "guest_third_person_id_key" ON "guest"("third_person_id");

-- CreateIndex
CREATE INDEX "notification_third_person_id_idx" ON "notification"("third_person_id");

-- CreateIndex
CREATE INDEX "notification_conversation_id_idx" ON "notification"("conversation_id");

-- AddForeignKey
ALTER TABLE "access_link" ADD CONSTRAINT "access_link_third_person_id_fkey" FOREIGN KEY ("third_person_id") REFERENCES "third_person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_link" ADD CONSTRAINT "access_link_queue_entry_id_fkey" FOREIGN KEY ("queue_entry_id") REFERENCES "queue_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_follows_id_fkey" FOREIGN KEY ("follows_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_reader" ADD CONSTRAINT "conversation_reader_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_third_person_id_fkey" FOREIGN KEY ("third_person_id") REFERENCES "third_person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_entry" ADD CONSTRAINT "queue_entry_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_entry" ADD CONSTRAINT "queue_entry_specialty_id_fkey" FOREIGN KEY ("specialty_id") REFERENCES "specialty"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_entry" ADD CONSTRAINT "queue_entry_visit_type_id_fkey" FOREIGN KEY ("visit_type_id") REFERENCES "visit_type"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_entry" ADD CONSTRAINT "queue_entry_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_offer" ADD CONSTRAINT "queue_offer_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "queue_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_offer" ADD CONSTRAINT "queue_offer_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_duty" ADD CONSTRAINT "queue_duty_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_note" ADD CONSTRAINT "visit_note_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_note" ADD CONSTRAINT "visit_note_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_summary" ADD CONSTRAINT "visit_summary_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_summary" ADD CONSTRAINT "visit_summary_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary_template" ADD CONSTRAINT "summary_template_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_feedback" ADD CONSTRAINT "visit_feedback_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guest" ADD CONSTRAINT "guest_third_person_id_fkey" FOREIGN KEY ("third_person_id") REFERENCES "third_person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_third_person_id_fkey" FOREIGN KEY ("third_person_id") REFERENCES "third_person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_third_person_id_fkey" FOREIGN KEY ("third_person_id") REFERENCES "third_person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_check" ADD CONSTRAINT "device_check_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_message" ADD CONSTRAINT "waiting_message_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delay" ADD CONSTRAINT "delay_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_from_practitioner_id_fkey" FOREIGN KEY ("from_practitioner_id") REFERENCES "practitioner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_to_practitioner_id_fkey" FOREIGN KEY ("to_practitioner_id") REFERENCES "practitioner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "third_person" ADD CONSTRAINT "third_person_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say -------------------------------------------------------------------------------
-- Values that this migration adds to an enum cannot be used as such before it commits, so they are compared as text.

UPDATE "appointment" SET "no_show" = 'patient', "no_show_at" = "end_at" WHERE "status" = 'noshow';
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_no_show_check" CHECK (
  ("status" = 'noshow') = ("no_show" IS NOT NULL) AND ("status" = 'noshow') = ("no_show_at" IS NOT NULL)
  AND ("status" = 'noshow' OR NOT "no_show_automatic") AND "follows_id" <> "id"
);

ALTER TABLE "conference" ADD CONSTRAINT "conference_participants_check" CHECK ("max_participants" BETWEEN 2 AND 12);
ALTER TABLE "guest" DROP CONSTRAINT "guest_person_check";
ALTER TABLE "guest" ADD CONSTRAINT "guest_person_check" CHECK (num_nonnulls("patient_id", "practitioner_id", "third_person_id") = 1);
ALTER TABLE "presence" ADD CONSTRAINT "presence_side_check" CHECK (("side" = 'third') = ("third_person_id" IS NOT NULL));
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_check" CHECK (
  ("side" = 'third' OR "third_person_id" IS NULL) AND ("to_at" IS NULL OR "from_at" <= "to_at")
);
-- Without a third person a fact is no less the same fact.
DROP INDEX "attendance_encounter_id_source_side_third_person_id_from_at_key";
CREATE UNIQUE INDEX "attendance_encounter_id_source_side_third_person_id_from_at_key"
  ON "attendance"("encounter_id", "source", "side", "third_person_id", "from_at") NULLS NOT DISTINCT;
ALTER TABLE "waiting_message" ADD CONSTRAINT "waiting_message_check" CHECK (
  ("kind" = 'text') = ("text_sealed" IS NOT NULL) AND ("text_sealed" IS NULL) = ("text_key_id" IS NULL)
);
ALTER TABLE "delay" ADD CONSTRAINT "delay_minutes_check" CHECK ("minutes" BETWEEN 0 AND 480);

ALTER TABLE "handover" ADD CONSTRAINT "handover_check" CHECK (
  "from_practitioner_id" <> "to_practitioner_id" AND ("status" = 'offered') = ("decided_at" IS NULL)
  AND ("note_sealed" IS NULL) = ("note_key_id" IS NULL)
);
-- A visit is handed to one colleague at a time.
ALTER TABLE "handover" ADD CONSTRAINT "handover_encounter_excl" EXCLUDE ("encounter_id" WITH =) WHERE ("status" = 'offered');

ALTER TABLE "third_person" ADD CONSTRAINT "third_person_check" CHECK (
  ("status" = 'revoked') = ("revoked_at" IS NOT NULL) AND ("status" <> 'admitted' OR "admitted_at" IS NOT NULL)
  AND "invited_by" <> 'third' AND ("email" IS NULL OR "email" = lower("email"))
);

ALTER TABLE "queue_entry" ADD CONSTRAINT "queue_entry_check" CHECK (
  ("status" = 'waiting') = ("ended_at" IS NULL) AND ("status" = 'accepted') = ("appointment_id" IS NOT NULL)
  AND "priority" BETWEEN 0 AND 9 AND ("priority" = 0) = ("priority_reason_sealed" IS NULL)
  AND ("priority_reason_sealed" IS NULL) = ("priority_reason_key_id" IS NULL)
  AND ("reason_sealed" IS NULL) = ("reason_key_id" IS NULL) AND ("intake_sealed" IS NULL) = ("intake_key_id" IS NULL)
);
-- Nobody stands in the queue twice.
ALTER TABLE "queue_entry" ADD CONSTRAINT "queue_entry_patient_excl" EXCLUDE ("patient_id" WITH =) WHERE ("status" = 'waiting');
ALTER TABLE "queue_offer" ADD CONSTRAINT "queue_offer_check" CHECK (
  ("status" = 'open') = ("ended_at" IS NULL) AND "created_at" < "expires_at"
);
-- Nobody is offered to two, and nobody is offered two.
ALTER TABLE "queue_offer" ADD CONSTRAINT "queue_offer_entry_excl" EXCLUDE ("entry_id" WITH =) WHERE ("status" = 'open');
ALTER TABLE "queue_offer" ADD CONSTRAINT "queue_offer_practitioner_excl" EXCLUDE ("practitioner_id" WITH =) WHERE ("status" = 'open');

ALTER TABLE "message" ADD CONSTRAINT "message_check" CHECK (
  "sequence" >= 1 AND ("kind" = 'visit') = ("appointment_id" IS NOT NULL) AND ("text_sealed" IS NULL) = ("text_key_id" IS NULL)
  AND ("kind" <> 'visit' OR "text_sealed" IS NULL)
);
ALTER TABLE "conversation_reader" ADD CONSTRAINT "conversation_reader_check" CHECK (
  0 <= "read_sequence" AND "read_sequence" <= "delivered_sequence" AND "noticed_sequence" >= 0
);
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_check" CHECK ("size_bytes" > 0 AND "storage_key" ~ '^[A-Za-z0-9_-]{16,128}$');

ALTER TABLE "visit_note" ADD CONSTRAINT "visit_note_version_check" CHECK ("version" >= 1);
ALTER TABLE "visit_summary" ADD CONSTRAINT "visit_summary_check" CHECK ("part" >= 0 AND "revision" >= 1);
ALTER TABLE "visit_feedback" ADD CONSTRAINT "visit_feedback_check" CHECK (
  "quality" BETWEEN 1 AND 5 AND ("comment_sealed" IS NULL) = ("comment_key_id" IS NULL)
);

-- What was signed stays as it was signed. Whoever owns the tables can still remove it when its time to be kept is over.
CREATE FUNCTION "keep_signed_summary"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."signed_at" IS NOT NULL AND NOT (
    TG_OP = 'DELETE' AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
  ) THEN
    RAISE EXCEPTION 'a signed summary never changes' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'visit_summary_signed';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER "visit_summary_signed" BEFORE UPDATE OR DELETE ON "visit_summary"
  FOR EACH ROW EXECUTE FUNCTION "keep_signed_summary"();

ALTER TABLE "access_link" DROP CONSTRAINT "access_link_purpose_check";
ALTER TABLE "access_link" ADD CONSTRAINT "access_link_purpose_check" CHECK (
  num_nonnulls("user_id", "patient_id", "appointment_id", "waitlist_entry_id", "third_person_id", "queue_entry_id")
    = CASE WHEN "purpose"::text = 'setup' THEN 0 ELSE 1 END
  AND CASE "purpose"::text
    WHEN 'visit' THEN "appointment_id" IS NOT NULL
    WHEN 'waitlist' THEN "waitlist_entry_id" IS NOT NULL
    WHEN 'third_person' THEN "third_person_id" IS NOT NULL
    WHEN 'queue' THEN "queue_entry_id" IS NOT NULL
    WHEN 'calendar' THEN "user_id" IS NOT NULL OR "patient_id" IS NOT NULL
    WHEN 'invitation' THEN "user_id" IS NOT NULL AND "expires_at" IS NOT NULL
    ELSE "expires_at" IS NOT NULL
  END
);
ALTER TABLE "notification" DROP CONSTRAINT "notification_recipient_check";
ALTER TABLE "notification" ADD CONSTRAINT "notification_recipient_check" CHECK (
  num_nonnulls("patient_id", "user_id", "third_person_id") = 1
);
ALTER TABLE "notification" DROP CONSTRAINT "notification_kind_check";
ALTER TABLE "notification" ADD CONSTRAINT "notification_kind_check" CHECK (
  ("kind"::text = 'appointment_reminder') = ("reminder_minutes" IS NOT NULL)
  AND ("kind"::text IN ('waitlist_joined', 'waitlist_offer')) = ("waitlist_entry_id" IS NOT NULL)
  AND ("kind"::text = 'messages_unread') = ("conversation_id" IS NOT NULL)
  AND ("kind"::text = 'third_person_invited') = ("third_person_id" IS NOT NULL)
);
