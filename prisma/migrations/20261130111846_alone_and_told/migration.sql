-- AlterTable
ALTER TABLE "conference" ADD COLUMN     "alone_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "delay" ADD COLUMN     "told_minutes" SMALLINT;
-- What was said before is not known any more; what is said now is the best that there is.
UPDATE "delay" SET "told_minutes" = "minutes";
ALTER TABLE "delay" ALTER COLUMN "told_minutes" SET NOT NULL;
