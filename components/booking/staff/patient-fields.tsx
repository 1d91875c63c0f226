"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ChoiceDto, FoundPatientDto } from "@/lib/booking/types/staff";

/** Under this prefix the form carries the words for each patient who was found, by id: later answers know only the id. */
export const FOUND_FIELD = "found:";

/** A patient to choose, in a line. */
export type FoundLine = { patientId: string; words: string };

/** What tells people of one name apart. */
export function useFoundWords(): (patient: FoundPatientDto) => string {
  const t = useTranslations("staff.patient");
  return ({ name, contactName, email, phone, lastVisit }) =>
    [
      name,
      ...(contactName ? [t("spokenFor", { name: contactName })] : []),
      ...(email ? [email] : []),
      ...(phone ? [phone] : []),
      ...(lastVisit ? [t("lastVisit", { date: lastVisit })] : []),
    ].join(" · ");
}

type Props = {
  /** `null` until somebody has looked. */
  found: readonly FoundLine[] | null;
  languages: readonly ChoiceDto[];
  locale: string;
  values: Readonly<Record<string, string>>;
  errorOf: (fieldId: string) => string | undefined;
};

/** For whom: somebody the clinic knows, looked up in this form, or somebody new. By styles alone, so that it works without JavaScript. */
export function PatientFields({ found, languages, locale, values, errorOf }: Props) {
  const t = useTranslations("staff.patient");
  const isNew = values.who === "new";
  return (
    <div className="group/who flex flex-col gap-4">
      <RadioGroup id="who" legend={t("legend")}>
        <Radio id="who" name="who" value="known" label={t("known")} defaultChecked={!isNew} data-known="" />
        <Radio id="who-new" name="who" value="new" label={t("new")} defaultChecked={isNew} data-new="" />
      </RadioGroup>
      <div className="flex flex-col gap-3 border-s-4 border-line ps-4 group-has-[[data-new]:checked]/who:hidden">
        <Field id="search" label={t("search")} hint={t("searchHint")} error={errorOf("search")}>
          {(control) => (
            <div className="flex max-w-160 gap-2">
              <Input
                {...control}
                name="search"
                autoComplete="off"
                spellCheck={false}
                defaultValue={values.search}
              />
              <SubmitButton variant="secondary" name="intent" value="find">
                <Search aria-hidden="true" className="size-4" />
                {t("find")}
              </SubmitButton>
            </div>
          )}
        </Field>
        {found === null ? null : found.length === 0 ? (
          <p role="status">{t("nobody")}</p>
        ) : (
          <RadioGroup
            id="patientId"
            legend={t("found", { count: found.length })}
            error={errorOf("patientId")}
          >
            {found.map(({ patientId, words }, at) => (
              <div key={patientId}>
                <Radio
                  id={at === 0 ? "patientId" : `patientId-${patientId}`}
                  name="patientId"
                  value={patientId}
                  label={words}
                  defaultChecked={values.patientId === patientId || found.length === 1}
                />
                <input type="hidden" name={`${FOUND_FIELD}${patientId}`} value={words} />
              </div>
            ))}
          </RadioGroup>
        )}
      </div>
      <div className="grid max-w-160 items-start gap-4 border-s-4 border-line ps-4 group-has-[[data-known]:checked]/who:hidden sm:grid-cols-2">
        <NewPatient languages={languages} locale={locale} values={values} errorOf={errorOf} />
      </div>
    </div>
  );
}

function NewPatient({ languages, locale, values, errorOf }: Omit<Props, "found">) {
  const t = useTranslations("staff.patient");
  const optional = useTranslations("common")("optional");
  const line = (name: "name" | "contactName" | "email" | "phone", type: string, note?: string) => (
    <Field id={name} label={t(name)} note={note} error={errorOf(name)}>
      {(control) => (
        <Input {...control} name={name} type={type} autoComplete="off" defaultValue={values[name]} />
      )}
    </Field>
  );
  return (
    <>
      {line("name", "text")}
      {line("contactName", "text", optional)}
      {line("email", "email", t("oneOfBoth"))}
      {line("phone", "tel", t("oneOfBoth"))}
      <Field id="locale" label={t("language")} error={errorOf("locale")}>
        {(control) => (
          <Select {...control} name="locale" defaultValue={values.locale ?? locale}>
            {languages.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}
