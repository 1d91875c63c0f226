-- AlterTable
ALTER TABLE "session" ADD COLUMN     "second_step_by_provider" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "provider_link" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "provider_link_issuer_subject_key" ON "provider_link"("issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "provider_link_user_id_issuer_key" ON "provider_link"("user_id", "issuer");

-- AddForeignKey
ALTER TABLE "provider_link" ADD CONSTRAINT "provider_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
