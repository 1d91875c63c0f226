-- AlterTable
ALTER TABLE "queue_entry" ADD COLUMN     "phone" TEXT;

-- Whoever waits at this moment keeps the number that their page and the clinic have been shown.
UPDATE "queue_entry" SET "phone" = "patient"."phone"
FROM "patient" WHERE "patient"."id" = "queue_entry"."patient_id" AND "queue_entry"."status" = 'waiting';
