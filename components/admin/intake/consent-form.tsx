"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { publishConsentTextAction } from "@/lib/admin/actions/clinic";
import type { ConsentKind, ConsentTextDto } from "@/lib/booking/types/intake";
import { IDLE } from "@/lib/core/form";
import { AdminForm } from "../admin-form";

/** The next version of a consent, which begins as a copy of the last. */
export function ConsentForm({ kind, last }: { kind: ConsentKind; last: ConsentTextDto | undefined }) {
  const t = useTranslations("admin.consents");
  const labels = useMemo(() => ({ textEn: t("textEn"), textRu: t("textRu") }), [t]);
  return (
    <Form id={`consent-${kind}`} action={publishConsentTextAction} initialState={IDLE}>
      {(state) => (
        <AdminForm state={state} labels={labels}>
          {({ values, errorOf }) => (
            <>
              <input type="hidden" name="kind" value={kind} />
              <input type="hidden" name="afterVersion" value={String(last?.version ?? 0)} />
              {(["textEn", "textRu"] as const).map((name) => (
                <Field key={name} id={name} label={labels[name]} hint={t("textHint")} error={errorOf(name)}>
                  {(control) => (
                    <Textarea
                      {...control}
                      name={name}
                      rows={8}
                      lang={name === "textEn" ? "en" : "ru"}
                      required
                      defaultValue={values?.[name] ?? last?.texts[name === "textEn" ? "en" : "ru"]}
                    />
                  )}
                </Field>
              ))}
              <SubmitButton className="self-start">{t("submit")}</SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
