-- CreateTable
CREATE TABLE "visit_list_request" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_list_request_pkey" PRIMARY KEY ("id")
);
