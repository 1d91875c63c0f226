-- CreateIndex
CREATE INDEX "audit_event_actor_pseudonym_occurred_at_idx" ON "audit_event"("actor_pseudonym", "occurred_at");
