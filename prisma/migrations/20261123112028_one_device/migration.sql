-- AlterTable
ALTER TABLE "guest" ADD COLUMN     "entered_by" TEXT;
