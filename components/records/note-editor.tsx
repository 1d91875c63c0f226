"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { saveNoteAction } from "@/lib/records/actions";
import type { NoteDto } from "@/lib/records/types";
import { RecordProblem, recordFault } from "./record-problem";
import { useSaving } from "./use-saving";

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
  const lost = useTranslations("records.lost");
  const saving = useSaving(saveNoteAction, IDLE);
  const { held, isSaving } = saving;
  const { state, isLost } = held;
  const [text, setText] = useState(note.text);
  const [saved, setSaved] = useState(note.text);
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef(note.text);
  const version = state.status === "saved" ? state.number : note.version;

  function send() {
    if (!form.current || isSaving) return;
    sent.current = text;
    saving.send(form.current);
  }

  useEffect(() => {
    if (held.state.status === "saved" && !held.isLost) setSaved(sent.current);
  }, [held]);

  const isStuck = state.status === "refused" && state.reason === "outdated";
  const isOpen = text !== saved;
  const sendLater = useEffectEvent(send);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every letter, and every attempt that failed, begins another pause
  useEffect(() => {
    if (!isOpen || isSaving || isStuck) return;
    const timer = setTimeout(sendLater, isLost || state.status === "refused" ? AGAIN_MS : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [isOpen, isSaving, isStuck, held, text]);

  const leave = useEffectEvent(() => {
    if (document.visibilityState === "hidden" && isOpen && !isStuck) send();
  });
  useEffect(() => {
    const onChange = () => leave();
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, []);

  const fault = recordFault(state, "text");
  return (
    <section aria-labelledby="notes" className="flex flex-col gap-3">
      <h2 id="notes" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <form
        ref={form}
        {...saving.form}
        onSubmit={(event) => {
          sent.current = text;
          saving.form.onSubmit(event);
        }}
        className="flex flex-col gap-3"
      >
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
              onKeyDown={(event) => {
                if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                send();
              }}
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
        {isLost ? (
          <Notice tone="wait" announce="alert">
            <p>{lost("line")}</p>
          </Notice>
        ) : null}
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
