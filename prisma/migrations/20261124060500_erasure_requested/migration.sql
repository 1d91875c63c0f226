-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'erasure_requested';
