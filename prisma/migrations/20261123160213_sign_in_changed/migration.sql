-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'sign_in_changed';
