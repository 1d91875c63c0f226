"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { type KeptState, ScheduleForm } from "@/components/availability/schedule-form";
import { StrandedVisits } from "@/components/availability/stranded-visits";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import { importClosuresAction } from "@/lib/availability/actions/closures";
import type { ImportDto } from "@/lib/availability/types";
import { IDLE } from "@/lib/core/form";

/** Public holidays out of a calendar file: first what is in it, then the button that adds it. */
export function ImportForm({ fileBytes }: { fileBytes: number }) {
  const t = useTranslations("schedule.closures");
  const labels = useMemo(() => ({ calendar: t("file") }), [t]);
  return (
    <Form id="import-closures" action={importClosuresAction} initialState={IDLE}>
      {(state) => {
        const found = foundIn(state);
        return (
          <ScheduleForm state={state} labels={labels} saved={t("importedAll")}>
            {({ errorOf }) =>
              found ? (
                <Preview found={found} />
              ) : (
                <>
                  <p className="measure text-muted">{t("importLead")}</p>
                  <Field
                    id="calendar"
                    label={labels.calendar}
                    hint={t("fileHint", { size: Math.floor(fileBytes / 1_000) })}
                    error={errorOf("calendar")}
                  >
                    {(control) => (
                      <Input
                        {...control}
                        name="calendar"
                        type="file"
                        accept=".ics,text/calendar"
                        className="py-2! read-only:bg-surface!"
                      />
                    )}
                  </Field>
                  <SubmitButton variant="secondary" className="self-start">
                    {t("look")}
                  </SubmitButton>
                </>
              )
            }
          </ScheduleForm>
        );
      }}
    </Form>
  );
}

const foundIn = (state: KeptState<ImportDto>): ImportDto | undefined =>
  state.status === "refused" && (state.reason === "preview" || state.reason === "strands")
    ? state.detail
    : undefined;

function Preview({ found: { days, lines, known, ignored, stranded } }: { found: ImportDto }) {
  const t = useTranslations("schedule.closures");
  return (
    <div className="flex flex-col gap-3" role="status">
      <input type="hidden" name="days" value={days} />
      <p className="font-semibold">{t("found", { count: lines.length })}</p>
      <ul className="flex max-h-96 flex-col divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface">
        {lines.map(({ key, title, days: when }) => (
          <li key={key} className="flex flex-col px-3 py-2">
            <span className="font-medium break-words">{title}</span>
            <span className="text-sm text-muted">{when}</span>
          </li>
        ))}
      </ul>
      {known > 0 ? <p className="text-muted">{t("known", { count: known })}</p> : null}
      {ignored > 0 ? <p className="text-muted">{t("ignored", { count: ignored })}</p> : null}
      <div className="flex flex-wrap items-center gap-4">
        {stranded ? null : <SubmitButton>{t("addAll", { count: lines.length })}</SubmitButton>}
        {/* A plain load of the page, which forgets the file that was looked into. */}
        <Link href="/admin/closures" prefetch={false} target="_self" replace>
          {t("another")}
        </Link>
      </div>
      {stranded ? <StrandedVisits stranded={stranded} withPractitioner /> : null}
    </div>
  );
}
