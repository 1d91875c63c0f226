"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select, Textarea } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { saveSummaryAction, signSummaryAction } from "@/lib/records/actions";
import type { SummaryDraftDto, TemplateDto } from "@/lib/records/types";
import { RecordProblem, recordFault } from "./record-problem";
import { useSaving } from "./use-saving";

/** The draft of a summary or an addendum: begun with a template, saved, and signed once, after a question. */
export function SummaryEditor({
  appointmentId,
  draft,
  templates,
}: {
  appointmentId: string;
  draft: SummaryDraftDto;
  templates: readonly TemplateDto[];
}) {
  const t = useTranslations("records.summary");
  const faults = useTranslations("records.faults");
  const lost = useTranslations("records.lost");
  const { initial, held, isSaving, send, formOf } = useSaving(saveSummaryAction, {
    key: `summary:${appointmentId}:${draft.part}`,
    numberField: "revision",
    loaded: { number: draft.revision, text: draft.text },
  });
  const { state, number } = held;
  const [text, setText] = useState(initial.typed);
  const [cursor, setCursor] = useState<{ at: number }>();
  const area = useRef<HTMLTextAreaElement>(null);
  const fields = { appointmentId, part: String(draft.part), text };
  const fault = recordFault(state, "text");

  /** A template goes to where the cursor is, so that it can also be added to what is there. */
  function insert(templateId: string) {
    const template = templates.find((one) => one.templateId === templateId);
    const at = area.current?.selectionStart ?? text.length;
    if (!template) return;
    setText(`${text.slice(0, at)}${template.text}${text.slice(at)}`);
    setCursor({ at: at + template.text.length });
  }
  useEffect(() => {
    if (cursor === undefined) return;
    area.current?.focus();
    area.current?.setSelectionRange(cursor.at, cursor.at);
  }, [cursor]);

  return (
    <form {...formOf(() => void send(fields))} className="flex flex-col gap-3">
      <input type="hidden" name="appointmentId" value={appointmentId} />
      <input type="hidden" name="part" value={draft.part} />
      <input type="hidden" name="revision" value={number} />
      {templates.length > 0 ? (
        <Field id="summary-template" label={t("template")}>
          {(control) => (
            <Select {...control} value="" onChange={(event) => insert(event.target.value)}>
              <option value="">{t("choose")}</option>
              {templates.map(({ templateId, title }) => (
                <option key={templateId} value={templateId}>
                  {title}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
      <Field
        id="summary-text"
        label={draft.part === 0 ? t("label") : t("addendumLabel", { number: draft.part })}
        hint={t("hint")}
        error={fault === undefined ? undefined : faults(fault)}
      >
        {(control) => (
          <Textarea
            {...control}
            ref={area}
            name="text"
            rows={8}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton variant="secondary">{t("save")}</SubmitButton>
        <Dialog
          title={t("confirmTitle")}
          description={t("confirmBody")}
          trigger={<Button variant="primary">{t("sign")}</Button>}
          actions={
            <>
              <DialogClose>
                <Button>{t("back")}</Button>
              </DialogClose>
              <DialogClose>
                <Button
                  variant="primary"
                  pending={isSaving}
                  onClick={() => void send(fields, signSummaryAction)}
                >
                  {t("confirm")}
                </Button>
              </DialogClose>
            </>
          }
        />
        {state.status === "saved" ? (
          <span role="status" className="text-sm text-muted">
            {t("saved")}
          </span>
        ) : null}
      </div>
      <RecordProblem state={state} />
      {held.lost ? (
        <Notice tone="wait" announce="alert">
          <p>{lost("line")}</p>
        </Notice>
      ) : null}
    </form>
  );
}
