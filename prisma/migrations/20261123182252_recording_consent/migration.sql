-- AlterEnum
ALTER TYPE "ConsentKind" ADD VALUE 'recording';

-- AlterTable
ALTER TABLE "conference" ADD COLUMN     "recording" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "consent" ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(3);

ALTER TABLE "consent" ADD CONSTRAINT "consent_withdrawn_check" CHECK ("withdrawn_at" >= "agreed_at");
