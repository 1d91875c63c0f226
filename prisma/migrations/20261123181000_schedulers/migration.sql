-- AlterEnum
ALTER TYPE "Role" ADD VALUE 'scheduler' BEFORE 'administrator';

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'account_changed';
