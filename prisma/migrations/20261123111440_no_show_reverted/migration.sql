-- AlterTable
ALTER TABLE "appointment" ADD COLUMN "no_show_reverted_at" TIMESTAMPTZ(3);
