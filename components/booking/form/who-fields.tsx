import { useTranslations } from "next-intl";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { EmailField, NameField, PhoneField } from "@/components/ui/contact-fields";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { BookingPageDto } from "@/lib/booking/types/form";

export type FieldsProps = {
  /** What was typed before, when the page comes back without JavaScript. */
  values: Readonly<Record<string, string>>;
  errorOf: (fieldId: string) => string | undefined;
};

/**
 * For whom the visit is, then who somebody else is, by styles alone so that it works without JavaScript: where a browser cannot hide
 * the second question, it stands there and goes unread.
 */
export function VisitForFields({
  account,
  values,
  errorOf,
}: FieldsProps & { account: BookingPageDto["account"] }) {
  const t = useTranslations("booking");
  const isOther = values.visitFor === "other";
  const dependants = account?.dependants ?? [];
  return (
    <div className="group/who flex flex-col gap-6">
      <RadioGroup id="visitFor" legend={t("visitFor.legend")}>
        <Radio
          id="visitFor"
          name="visitFor"
          value="me"
          label={account ? t("visitFor.account", { name: account.name }) : t("visitFor.me")}
          defaultChecked={!isOther}
          data-me=""
        />
        <Radio
          id="visitFor-other"
          name="visitFor"
          value="other"
          label={t("visitFor.other")}
          defaultChecked={isOther}
        />
      </RadioGroup>
      <div className="flex flex-col gap-6 border-s-4 border-line ps-4 group-has-[[data-me]:checked]/who:hidden">
        {dependants.length > 0 ? (
          <Field id="patientId" label={t("dependant")} error={errorOf("patientId")}>
            {(control) => (
              <Select
                {...control}
                name="patientId"
                className="max-w-100"
                defaultValue={values.patientId ?? dependants[0]?.patientId}
              >
                {dependants.map(({ patientId, name }) => (
                  <option key={patientId} value={patientId} data-known="">
                    {name}
                  </option>
                ))}
                <option value="">{t("newDependant")}</option>
              </Select>
            )}
          </Field>
        ) : null}
        <Field
          id="patientName"
          label={t("patientName")}
          hint={t("nameHint")}
          error={errorOf("patientName")}
          className="group-has-[[data-known]:checked]/who:hidden"
        >
          {(control) => (
            <Input
              {...control}
              name="patientName"
              autoComplete="off"
              defaultValue={values.patientName}
              className="max-w-100"
            />
          )}
        </Field>
      </div>
    </div>
  );
}

/** Who books without an account, and how to reach them. */
export function ContactFields({
  values,
  errorOf,
  emailHint,
}: FieldsProps & {
  /** What is written to the address, where it is not a booking's mails. */
  emailHint?: string | undefined;
}) {
  const t = useTranslations("booking");
  const optional = useTranslations("common")("optional");
  return (
    <>
      <NameField label={t("name")} error={errorOf("name")} value={values.name} />
      <EmailField
        label={t("email")}
        hint={emailHint ?? t("emailHint")}
        error={errorOf("email")}
        value={values.email}
      />
      <PhoneField
        label={t("phone")}
        note={optional}
        hint={t("phoneHint")}
        error={errorOf("phone")}
        value={values.phone}
      />
    </>
  );
}
