-- CreateEnum
CREATE TYPE "ErasureScope" AS ENUM ('account', 'patient');

-- CreateEnum
CREATE TYPE "ErasureProof" AS ENUM ('identity_document', 'signed_letter', 'known_in_person');

-- AlterTable
ALTER TABLE "erasure" ADD COLUMN     "patient_id" UUID,
ADD COLUMN     "proof" "ErasureProof",
ADD COLUMN     "requested_by" UUID,
ADD COLUMN     "scope" "ErasureScope" NOT NULL DEFAULT 'account';

-- How much of the trail is over is looked up by time, and the seals are for good.
-- CreateIndex
CREATE INDEX "audit_seal_sealed_at_idx" ON "audit_seal"("sealed_at");

-- CreateIndex
CREATE INDEX "erasure_patient_id_idx" ON "erasure"("patient_id");

-- AddForeignKey
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- One request at a time for each patient too; and what was shown to whom is one fact.
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_patient_excl" EXCLUDE ("patient_id" WITH =) WHERE ("status" IN ('requested', 'approved'));
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_scope_check" CHECK (
  ("scope" = 'patient' OR "patient_id" IS NULL) AND ("proof" IS NULL) = ("requested_by" IS NULL)
);

-- Why a request was refused is for whoever asked. Once that is nobody any more, the words go, however account and patient went.
CREATE FUNCTION "empty_refusal"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."reason_sealed" := NULL;
  NEW."reason_key_id" := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER "erasure_refusal_emptied" BEFORE UPDATE OF "user_id", "patient_id" ON "erasure"
  FOR EACH ROW WHEN (NEW."user_id" IS NULL AND NEW."patient_id" IS NULL) EXECUTE FUNCTION "empty_refusal"();

ALTER TABLE "erasure" DROP CONSTRAINT "erasure_check";
UPDATE "erasure" SET "reason_sealed" = NULL, "reason_key_id" = NULL WHERE "user_id" IS NULL;
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_check" CHECK (
  ("status" = 'requested') = ("decided_at" IS NULL) AND ("status" = 'done') = ("done_at" IS NOT NULL)
  AND ("status" IN ('refused', 'approved', 'done')) = ("decided_by" IS NOT NULL)
  AND ("status" = 'refused' AND num_nonnulls("user_id", "patient_id") > 0) = ("reason_sealed" IS NOT NULL)
  AND ("reason_sealed" IS NULL) = ("reason_key_id" IS NULL)
  AND ("contact_sealed" IS NULL) = ("contact_key_id" IS NULL) AND ("contact_sealed" IS NULL OR "status" IN ('approved', 'done'))
);

-- The reason of an emergency access is what its patient reads: nobody words it anew. Sealing the same words under another key is the owner's.
CREATE OR REPLACE FUNCTION "keep_emergency_access"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "is_owner" CONSTANT boolean :=
    pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER');
BEGIN
  IF (NEW."id", NEW."practitioner_id", NEW."reason", NEW."created_at", NEW."expires_at")
       IS DISTINCT FROM (OLD."id", OLD."practitioner_id", OLD."reason", OLD."created_at", OLD."expires_at")
     OR (OLD."ended_at" IS NOT NULL AND NEW."ended_at" IS DISTINCT FROM OLD."ended_at")
     OR ((NEW."text_sealed", NEW."text_key_id") IS DISTINCT FROM (OLD."text_sealed", OLD."text_key_id")
       AND NOT ("is_owner" AND NEW."text_key_id" <> OLD."text_key_id")) THEN
    RAISE EXCEPTION 'an emergency access can be given back, and not changed';
  END IF;
  RETURN NEW;
END $$;
