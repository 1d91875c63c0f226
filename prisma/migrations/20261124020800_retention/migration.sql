-- A signed summary never changes, and goes only when the shortest period that a clinic may set is over: five years after its visit. Until
-- then the portal's own role cannot remove it, whatever the settings say. The owner, who rotates the keys, may seal the same text under
-- another one. Nothing else of the row may change with it.
CREATE OR REPLACE FUNCTION "keep_signed_summary"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  resealed "visit_summary"%ROWTYPE;
BEGIN
  IF OLD."signed_at" IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT 1 FROM "encounter" e JOIN "appointment" a ON a."id" = e."appointment_id"
    WHERE e."id" = OLD."encounter_id" AND a."end_at" <= now() - interval '5 years'
  ) THEN
    RETURN OLD;
  END IF;
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
    IF TG_OP = 'DELETE' THEN
      RETURN OLD;
    END IF;
    resealed := OLD;
    resealed."text_sealed" := NEW."text_sealed";
    resealed."text_key_id" := NEW."text_key_id";
    IF NEW IS NOT DISTINCT FROM resealed AND NEW."text_key_id" <> OLD."text_key_id" THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a signed summary never changes' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'visit_summary_signed';
END
$$;
