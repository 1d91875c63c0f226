"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input, Select, Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { saveIntakeQuestionAction } from "@/lib/admin/actions/clinic";
import type { IntakeQuestionDto } from "@/lib/booking/types/intake";
import { IDLE } from "@/lib/core/form";
import { AdminForm } from "../admin-form";

const KINDS = ["text", "choice", "number", "date"] as const;

/** A question in both languages: a new one, or one that takes the place of another. */
export function QuestionForm({
  visitTypeId,
  changed,
}: {
  visitTypeId: string;
  changed: IntakeQuestionDto | undefined;
}) {
  const t = useTranslations("admin.questions");
  const labels = useMemo(
    () => ({ labelEn: t("labelEn"), labelRu: t("labelRu"), kind: t("kind"), options: t("options") }),
    [t],
  );
  return (
    <Form
      id={`question-${visitTypeId}-${changed?.questionId ?? "new"}`}
      action={saveIntakeQuestionAction}
      initialState={IDLE}
    >
      {(state) => (
        <AdminForm state={state} labels={labels}>
          {({ values, errorOf }) => (
            <>
              <h3 className="font-semibold">{t(changed ? "change" : "add")}</h3>
              <input type="hidden" name="visitTypeId" value={visitTypeId} />
              <input type="hidden" name="questionId" value={changed?.questionId ?? ""} />
              {(["labelEn", "labelRu"] as const).map((name) => (
                <Field key={name} id={name} label={labels[name]} error={errorOf(name)}>
                  {(control) => (
                    <Input
                      {...control}
                      name={name}
                      lang={name === "labelEn" ? "en" : "ru"}
                      required
                      autoComplete="off"
                      defaultValue={values?.[name] ?? changed?.labels[name === "labelEn" ? "en" : "ru"]}
                    />
                  )}
                </Field>
              ))}
              <Field id="kind" label={labels.kind} error={errorOf("kind")}>
                {(control) => (
                  <Select
                    {...control}
                    name="kind"
                    className="max-w-60"
                    defaultValue={values?.kind ?? changed?.kind ?? "text"}
                  >
                    {KINDS.map((kind) => (
                      <option key={kind} value={kind}>
                        {t(`kinds.${kind}`)}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <Field id="options" label={labels.options} hint={t("optionsHint")} error={errorOf("options")}>
                {(control) => (
                  <Textarea
                    {...control}
                    name="options"
                    rows={3}
                    defaultValue={
                      values?.options ??
                      changed?.options.map(({ names }) => `${names.en} | ${names.ru}`).join("\n")
                    }
                  />
                )}
              </Field>
              <Checkbox
                id="required"
                name="required"
                label={t("isRequired")}
                defaultChecked={values ? values.required === "on" : (changed?.required ?? false)}
              />
              <SubmitButton variant="secondary" className="self-start">
                {t("submit")}
              </SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
