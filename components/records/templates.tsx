"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input, Textarea } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { removeTemplateAction, saveTemplateAction } from "@/lib/records/actions";
import type { TemplateDto } from "@/lib/records/types";
import { RecordProblem, recordFault } from "./record-problem";

/** The texts that a practitioner may begin with, and the form for another one of their own. */
export function Templates({ templates }: { templates: readonly TemplateDto[] }) {
  const t = useTranslations("records.templates");
  return (
    <>
      {templates.length === 0 ? <p className="text-muted">{t("none")}</p> : null}
      {templates.map(({ templateId, title, text, isOwn }) => (
        <Card key={templateId} className="flex flex-col gap-2">
          <h2 className="font-semibold">{title}</h2>
          {isOwn ? null : <p className="text-sm text-muted">{t("clinic")}</p>}
          <p className="measure whitespace-pre-line">{text}</p>
          {isOwn ? (
            <Form id={`template-${templateId}`} action={removeTemplateAction} initialState={IDLE}>
              {(state) => (
                <>
                  <input type="hidden" name="templateId" value={templateId} />
                  <SubmitButton variant="quiet">{t("remove", { title })}</SubmitButton>
                  <RecordProblem state={state} />
                </>
              )}
            </Form>
          ) : null}
        </Card>
      ))}
      {/* A new form for each text that was kept: this one has done its work. */}
      <NewTemplate key={templates.length} />
    </>
  );
}

function NewTemplate() {
  const t = useTranslations("records.templates");
  const faults = useTranslations("records.faults");
  return (
    <Form id="new-template" action={saveTemplateAction} initialState={IDLE} className="flex flex-col gap-4">
      {(state) => {
        const refused = state.status === "refused" ? state : null;
        const errorOf = (field: string) => {
          const fault = recordFault(state, field);
          return fault === undefined ? undefined : faults(fault);
        };
        return (
          <>
            <RecordProblem state={state} />
            {state.status === "done" ? <Notice tone="live" announce="status" title={t("saved")} /> : null}
            <Field id="template-title" label={t("name")} error={errorOf("title")}>
              {(control) => <Input {...control} name="title" required defaultValue={refused?.values.title} />}
            </Field>
            <Field id="template-text" label={t("text")} error={errorOf("text")}>
              {(control) => (
                <Textarea {...control} name="text" rows={6} required defaultValue={refused?.values.text} />
              )}
            </Field>
            <SubmitButton className="self-start">{t("submit")}</SubmitButton>
          </>
        );
      }}
    </Form>
  );
}
