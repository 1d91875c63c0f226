-- CreateEnum
CREATE TYPE "EmergencyReason" AS ENUM ('danger', 'colleague_asks', 'patient_asks', 'other');

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'emergency_access';

-- CreateTable
CREATE TABLE "emergency_access" (
    "id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "reason" "EmergencyReason" NOT NULL,
    "text_sealed" BYTEA NOT NULL,
    "text_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "emergency_access_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "emergency_access_patient" (
    "access_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,

    CONSTRAINT "emergency_access_patient_pkey" PRIMARY KEY ("access_id","patient_id")
);

-- CreateIndex
CREATE INDEX "emergency_access_practitioner_id_expires_at_idx" ON "emergency_access"("practitioner_id", "expires_at");

-- CreateIndex
CREATE INDEX "emergency_access_patient_patient_id_idx" ON "emergency_access_patient"("patient_id");

-- AddForeignKey
ALTER TABLE "emergency_access" ADD CONSTRAINT "emergency_access_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_access_patient" ADD CONSTRAINT "emergency_access_patient_access_id_fkey" FOREIGN KEY ("access_id") REFERENCES "emergency_access"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_access_patient" ADD CONSTRAINT "emergency_access_patient_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Short, whatever the application asks for; given back once, and no later than it would have ended.
ALTER TABLE "emergency_access" ADD CONSTRAINT "emergency_access_period_check" CHECK (
  "expires_at" > "created_at" AND "expires_at" <= "created_at" + interval '60 minutes'
);
ALTER TABLE "emergency_access" ADD CONSTRAINT "emergency_access_ended_check" CHECK (
  "ended_at" >= "created_at" AND "ended_at" < "expires_at"
);
CREATE FUNCTION "keep_emergency_access"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."id", NEW."practitioner_id", NEW."reason", NEW."created_at", NEW."expires_at")
       IS DISTINCT FROM (OLD."id", OLD."practitioner_id", OLD."reason", OLD."created_at", OLD."expires_at")
     OR (OLD."ended_at" IS NOT NULL AND NEW."ended_at" IS DISTINCT FROM OLD."ended_at") THEN
    RAISE EXCEPTION 'an emergency access can be given back, and not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "emergency_access_kept" BEFORE UPDATE ON "emergency_access"
  FOR EACH ROW EXECUTE FUNCTION "keep_emergency_access"();

-- Of a record, and of no visit.
ALTER TABLE "notification" ADD CONSTRAINT "notification_emergency_check" CHECK (
  "kind"::text <> 'emergency_access' OR "appointment_id" IS NULL
);
