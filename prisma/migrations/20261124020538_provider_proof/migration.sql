-- AlterTable
ALTER TABLE "session" ADD COLUMN     "provider_proved_at" TIMESTAMPTZ(3);
