"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { saveNoteAction } from "@/lib/records/actions";
import type { NoteDto } from "@/lib/records/types";
import { pauseMs } from "./pause";
import { RecordProblem, recordFault } from "./record-problem";
import { useSaving } from "./use-saving";

/**
 * A visit's note: saved at every pause in typing and at least every few seconds, on leaving the page, on going on to another one, and by
 * its button, also without scripts. What does not get through is tried again; a later version from elsewhere is never overwritten.
 */
export function NoteEditor({ appointmentId, note }: { appointmentId: string; note: NoteDto }) {
  const t = useTranslations("records.note");
  const faults = useTranslations("records.faults");
  const lost = useTranslations("records.lost");
  const { initial, held, isSaving, send, formOf } = useSaving(saveNoteAction, {
    key: `note:${appointmentId}`,
    numberField: "version",
    loaded: { number: note.version, text: note.text },
  });
  const { state, number } = held;
  const [text, setText] = useState(initial.typed);
  const [saved, setSaved] = useState(initial.text);
  const unsavedSince = useRef<number>(undefined);

  const isStuck = state.status === "refused" && state.reason === "outdated";
  const isOpen = text !== saved;
  async function save() {
    unsavedSince.current = undefined;
    const after = await send({ appointmentId, text });
    if (after.state.status === "saved" && !after.lost) setSaved(text);
  }

  const saveLater = useEffectEvent(() => void save());
  const hasFailed = held.lost !== null || state.status === "refused";
  // biome-ignore lint/correctness/useExhaustiveDependencies: every letter, and every attempt that failed, begins another pause
  useEffect(() => {
    if (!isOpen) unsavedSince.current = undefined;
    if (!isOpen || isSaving || isStuck) return;
    unsavedSince.current ??= Date.now();
    const unsavedMs = Date.now() - unsavedSince.current;
    const timer = setTimeout(saveLater, pauseMs({ unsavedMs, hasFailed }));
    return () => clearTimeout(timer);
  }, [isOpen, isSaving, isStuck, held, text]);

  // Whoever hides the page, or goes on to another visit, leaves nothing unsaved behind: also while the last saving is under way.
  const leave = useEffectEvent(() => {
    if (isOpen && !isStuck) void save();
  });
  useEffect(() => {
    const onChange = () => {
      if (document.visibilityState === "hidden") leave();
    };
    document.addEventListener("visibilitychange", onChange);
    return () => {
      document.removeEventListener("visibilitychange", onChange);
      leave();
    };
  }, []);

  const fault = recordFault(state, "text");
  return (
    <section aria-labelledby="notes" className="flex flex-col gap-3">
      <h2 id="notes" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <form {...formOf(() => void save())} className="flex flex-col gap-3">
        <input type="hidden" name="appointmentId" value={appointmentId} />
        <input type="hidden" name="version" value={number} />
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
                void save();
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
        {held.lost ? (
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
