-- Points at no seal yet: every chain is sealed once more, and pointed at then.
DELETE FROM "audit_sealed_chain";

-- AlterTable
ALTER TABLE "audit_sealed_chain" DROP COLUMN "sequence",
ADD COLUMN     "seal" BIGINT NOT NULL;
