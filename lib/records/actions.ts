"use server";

import { revalidatePath } from "next/cache";
import { hasRole } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { formAction } from "@/lib/auth/pipeline";
import { type FormState, IDLE } from "@/lib/core/form";
import { ok, refuse } from "@/lib/core/result";
import { loadLocale } from "@/lib/i18n/viewer";
import { loadActorAfterVisit } from "@/lib/visits/loaders/link";
import { giveFeedback } from "./mutations/feedback";
import { saveNote } from "./mutations/notes";
import { saveSummary, signSummary } from "./mutations/summary";
import { removeTemplate, saveTemplate } from "./mutations/templates";
import { feedbackSchema, noteSchema, summarySchema, templateIdSchema, templateSchema } from "./schema";
import type { FeedbackRefusal, NoteRefusal, SummaryRefusal } from "./types";

const isPractitioner = (actor: Actor) => hasRole(actor, "practitioner");
/** A note is saved at every pause in typing. */
const OFTEN = { max: 2_000, windowSeconds: 3600 };
const SELDOM = { max: 100, windowSeconds: 3600 };

/** What a saved text answers: the number that the next saving must name. */
export type SavedState<R extends string> = FormState<R> | { status: "saved"; number: number };

/** Saves a visit's note. */
export async function saveNoteAction(
  _previous: SavedState<NoteRefusal>,
  sent: FormData,
): Promise<SavedState<NoteRefusal>> {
  let number: number | undefined;
  const save = formAction<typeof noteSchema, NoteRefusal>({
    name: "records.note",
    schema: noteSchema,
    limit: OFTEN,
    allow: isPractitioner,
    run: async ({ actor, input, now }) => {
      const saved = await saveNote(actor, input, now);
      if (saved.ok) number = saved.value.version;
      return saved;
    },
  });
  const state = await save(IDLE, sent);
  return number === undefined ? state : { status: "saved", number };
}

/** Saves a summary's draft. */
export async function saveSummaryAction(
  _previous: SavedState<SummaryRefusal>,
  sent: FormData,
): Promise<SavedState<SummaryRefusal>> {
  let number: number | undefined;
  const save = formAction<typeof summarySchema, SummaryRefusal>({
    name: "records.summary",
    schema: summarySchema,
    limit: OFTEN,
    allow: isPractitioner,
    run: async ({ actor, input, now }) => {
      const saved = await saveSummary(actor, input, now);
      if (saved.ok) number = saved.value.revision;
      return saved;
    },
  });
  const state = await save(IDLE, sent);
  return number === undefined ? state : { status: "saved", number };
}

/** Saves and signs it, for good. */
export const signSummaryAction = formAction<typeof summarySchema, SummaryRefusal>({
  name: "records.sign",
  schema: summarySchema,
  limit: SELDOM,
  allow: isPractitioner,
  run: async ({ actor, input, now }) => {
    const signed = await signSummary(actor, input, now);
    if (signed.ok) revalidatePath(`/agenda/${input.appointmentId}`);
    return signed;
  },
});

/** Keeps a text to begin summaries with. */
export const saveTemplateAction = formAction({
  name: "records.template",
  schema: templateSchema,
  limit: SELDOM,
  allow: isPractitioner,
  run: async ({ actor, input, now }) => {
    if (actor.kind !== "user") return refuse("not_found");
    const saved = await saveTemplate(actor, { ...input, locale: await loadLocale() }, now);
    if (saved.ok) revalidatePath("/templates");
    return saved;
  },
});

export const removeTemplateAction = formAction({
  name: "records.template",
  schema: templateIdSchema,
  limit: SELDOM,
  allow: isPractitioner,
  run: async ({ actor, input: { templateId }, now }) => {
    if (actor.kind !== "user") return refuse("not_found");
    const removed = await removeTemplate(actor, templateId, now);
    if (removed.ok) revalidatePath("/templates");
    return removed;
  },
});

/** A patient says how the visit was. */
export const giveFeedbackAction = formAction<typeof feedbackSchema, FeedbackRefusal>({
  name: "records.feedback",
  schema: feedbackSchema,
  limit: SELDOM,
  allow: () => true,
  run: async ({ input: { token, ...input }, now }) => {
    const actor = await loadActorAfterVisit(token);
    const given = await giveFeedback(actor, input, now);
    return given.ok ? ok() : given;
  },
});
