-- CreateTable
CREATE TABLE "refusal_tally" (
    "door" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "refusal_tally_pkey" PRIMARY KEY ("door","hour")
);
