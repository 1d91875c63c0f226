-- CreateTable
CREATE TABLE "removed_file" (
    "storage_key" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "removed_file_pkey" PRIMARY KEY ("storage_key")
);

-- However a file's row goes, by its conversation's end or its patient's erasure too, its bytes are known to be nobody's any more.
CREATE FUNCTION "note_removed_file"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "removed_file" ("storage_key") VALUES (OLD."storage_key") ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER "attachment_removed" AFTER DELETE ON "attachment"
  FOR EACH ROW EXECUTE FUNCTION "note_removed_file"();
