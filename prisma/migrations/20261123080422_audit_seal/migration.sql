-- CreateTable
CREATE TABLE "audit_seal" (
    "sequence" BIGINT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "heads" JSONB NOT NULL,
    "previous_root" BYTEA NOT NULL,
    "root" BYTEA NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "audit_sealed_chain" (
    "chain" SMALLINT NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "audit_sealed_chain_pkey" PRIMARY KEY ("chain")
);
