"use client";

import { useTranslations } from "next-intl";
import { startTransition, useActionState, useCallback, useEffect, useRef, useState } from "react";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { saveNoteAction } from "@/lib/records/actions";
import type { NoteDto } from "@/lib/records/types";
import { RecordProblem, recordFault } from "./record-problem";

/** A pause in typing after which a note is saved. */
const PAUSE_MS = 1_500;
/** After a saving that did not get through. */
const AGAIN_MS = 5_000;

/**
 * A visit's note: saved at every pause in typing, on leaving the page, and by its button, also without scripts. What does not get
 * through is tried again; a later version from elsewhere is never overwritten.
 */
export function NoteEditor({ appointmentId, note }: { appointmentId: string; note: NoteDto }) {
  const t = useTranslations("records.note");
  const faults = useTranslations("records.faults");
  const [state, save, isSaving] = useActionState(saveNoteAction, IDLE);
  const [text, setText] = useState(note.text);
  const form = useRef<HTMLFormElement>(null);
  const saved = useRef(note.text);
  const sent = useRef(note.text);
  const version = state.status === "saved" ? state.number : note.version;
  const [isLost, setIsLost] = useState(false);

  const send = useCallback(() => {
    const element = form.current;
    if (!element || isSaving) return;
    const data = new FormData(element);
    sent.current = String(data.get("text") ?? "");
    setIsLost(false);
    startTransition(() => save(data));
  }, [save, isSaving]);

  useEffect(() => {
    if (state.status === "saved") saved.current = sent.current;
  }, [state]);

  // A saving that got no answer leaves the action waiting: the browser says when it is back.
  useEffect(() => {
    const lose = () => setIsLost(true);
    window.addEventListener("offline", lose);
    return () => window.removeEventListener("offline", lose);
  }, []);

  const isStuck = state.status === "refused" && state.reason === "outdated";
  const isOpen = text !== saved.current;
  useEffect(() => {
    if (!isOpen || isSaving || isStuck) return;
    const timer = setTimeout(send, isLost || state.status === "refused" ? AGAIN_MS : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [isOpen, isSaving, isStuck, isLost, state, send]);

  useEffect(() => {
    const leave = () => {
      if (document.visibilityState === "hidden" && text !== saved.current) send();
    };
    document.addEventListener("visibilitychange", leave);
    return () => document.removeEventListener("visibilitychange", leave);
  }, [send, text]);

  const fault = recordFault(state, "text");
  return (
    <section aria-labelledby="notes" className="flex flex-col gap-3">
      <h2 id="notes" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <form ref={form} action={save} className="flex flex-col gap-3">
        <input type="hidden" name="appointmentId" value={appointmentId} />
        <input type="hidden" name="version" value={version} />
        <Field
          id="note-text"
          label={t("label")}
          hint={t("hint")}
          error={fault === undefined ? undefined : faults(fault)}
        >
          {(control) => (
            <Textarea
              {...control}
              name="text"
              rows={6}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton variant="secondary">{t("save")}</SubmitButton>
          <span role="status" className="text-sm text-muted">
            {isOpen ? t("unsaved") : state.status === "saved" || note.savedTime ? t("saved") : null}
          </span>
        </div>
        <RecordProblem state={state} />
      </form>
      {note.history.length > 0 ? (
        <Details summary={t("history")}>
          <ol className="flex flex-col gap-3">
            {note.history.map((one) => (
              <li key={one.version}>
                <p className="text-sm text-muted">
                  {t("version", { version: one.version, author: one.author, moment: one.savedAt })}
                </p>
                <p className="measure whitespace-pre-line">{one.text}</p>
              </li>
            ))}
          </ol>
        </Details>
      ) : null}
    </section>
  );
}
