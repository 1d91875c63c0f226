"use client";

import { useTranslations } from "next-intl";
import { Checkbox, RadioGroup } from "@/components/ui/choice";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { Choice, PractitionerChoices } from "@/lib/admin/types/clinic";
import type { Attempt } from "./admin-form";

/** What the fields show before anything was typed. */
export type PractitionerValues = {
  displayName: string;
  specialtyCode: string;
  timeZone: string;
  languages: readonly string[];
  visitTypeIds: readonly string[];
  introductionEn: string;
  introductionRu: string;
};

type Props = { choices: PractitionerChoices; given: PractitionerValues; attempt: Attempt };

/** Field name → label, in the order of the page, for the words about faults. */
export function usePractitionerLabels() {
  const t = useTranslations("admin.fields");
  return {
    displayName: t("displayName"),
    email: t("email"),
    specialtyCode: t("specialtyCode"),
    timeZone: t("timeZone"),
    languages: t("languages"),
    visitTypes: t("visitTypes"),
    introductionEn: t("introductionEn"),
    introductionRu: t("introductionRu"),
  };
}

/** Name, specialty and zone. */
export function IdentityFields({ choices, given, attempt: { values, errorOf } }: Props) {
  const t = useTranslations("admin.fields");
  return (
    <>
      <Field
        id="displayName"
        label={t("displayName")}
        hint={t("displayNameHint")}
        error={errorOf("displayName")}
      >
        {(control) => (
          <Input
            {...control}
            name="displayName"
            autoComplete="off"
            required
            defaultValue={values?.displayName ?? given.displayName}
          />
        )}
      </Field>
      <Field id="specialtyCode" label={t("specialtyCode")} error={errorOf("specialtyCode")}>
        {(control) => (
          <Select
            {...control}
            name="specialtyCode"
            required
            defaultValue={values?.specialtyCode ?? given.specialtyCode}
          >
            <option value="">{t("choose")}</option>
            <Options choices={choices.specialties} />
          </Select>
        )}
      </Field>
      <Field id="timeZone" label={t("timeZone")} error={errorOf("timeZone")}>
        {(control) => (
          <Select {...control} name="timeZone" required defaultValue={values?.timeZone ?? given.timeZone}>
            <Options choices={choices.timeZones} />
          </Select>
        )}
      </Field>
    </>
  );
}

const Options = ({ choices }: { choices: readonly Choice[] }) =>
  choices.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));

/** What the practitioner offers: languages, visit types, a few words. */
export function OfferFields({ choices, given, attempt }: Props) {
  const t = useTranslations("admin.fields");
  const { values, errorOf } = attempt;
  const isTicked = (name: string, before: boolean) => (values ? values[name] === "on" : before);
  return (
    <>
      <LanguageFields choices={choices} given={given} attempt={attempt} />
      <RadioGroup id="visitTypes" legend={t("visitTypes")} error={errorOf("visitTypes")}>
        {choices.visitTypes.length === 0 ? <p className="text-muted">{t("noVisitTypes")}</p> : null}
        {choices.visitTypes.map(({ value, label, active }, index) => (
          <Checkbox
            key={value}
            id={index === 0 ? "visitTypes" : `visitType.${value}`}
            name={`visitType.${value}`}
            label={active ? label : t("inactiveVisitType", { name: label })}
            defaultChecked={isTicked(`visitType.${value}`, given.visitTypeIds.includes(value))}
          />
        ))}
      </RadioGroup>
      {(["introductionEn", "introductionRu"] as const).map((name) => (
        <Introduction key={name} name={name} value={values?.[name] ?? given[name]} error={errorOf(name)} />
      ))}
    </>
  );
}

function Introduction({
  name,
  value,
  error,
}: {
  name: "introductionEn" | "introductionRu";
  value: string;
  error: string | undefined;
}) {
  const t = useTranslations("admin.fields");
  const optional = useTranslations("common")("optional");
  return (
    <Field id={name} label={t(name)} note={optional} hint={t("introductionHint")} error={error}>
      {(control) => (
        <Textarea
          {...control}
          name={name}
          rows={2}
          lang={name === "introductionEn" ? "en" : "ru"}
          defaultValue={value}
        />
      )}
    </Field>
  );
}

/** Always in sight, whoever speaks them: the portal's own languages. */
const COMMON = ["en", "ru"];

function LanguageFields({ choices, given, attempt: { values, errorOf } }: Props) {
  const t = useTranslations("admin.fields");
  const isTicked = (code: string) =>
    values ? values[`language.${code}`] === "on" : given.languages.includes(code);
  const isNear = ({ value }: Choice) => COMMON.includes(value) || isTicked(value);
  const near = choices.languages.filter(isNear);
  const box = (choice: Choice, id: string) => (
    <Checkbox
      key={choice.value}
      id={id}
      name={`language.${choice.value}`}
      label={choice.label}
      defaultChecked={isTicked(choice.value)}
    />
  );
  return (
    <RadioGroup id="languages" legend={t("languages")} error={errorOf("languages")}>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {near.map((choice, index) => box(choice, index === 0 ? "languages" : `language.${choice.value}`))}
      </div>
      <Details summary={t("moreLanguages")}>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {choices.languages
            .filter((choice) => !isNear(choice))
            .map((choice) => box(choice, `language.${choice.value}`))}
        </div>
      </Details>
    </RadioGroup>
  );
}
