import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { BookingPageDto, IntakeDto } from "@/lib/booking/types/form";
import { IntakeFields } from "./intake-fields";
import { ContactFields, type FieldsProps, VisitForFields } from "./who-fields";

/** The questions: who comes and how to reach them, why, what this visit type asks, and what has to be agreed to. */
export function BookingFields({
  account,
  intake,
  values,
  errorOf,
  emailHint,
}: FieldsProps & { account: BookingPageDto["account"]; intake: IntakeDto; emailHint?: string }) {
  const t = useTranslations("booking");
  const optional = useTranslations("common")("optional");
  const shared = { values, errorOf };
  return (
    <div className="flex flex-col gap-6">
      <VisitForFields account={account} {...shared} />
      {account === null ? (
        <ContactFields emailHint={emailHint} {...shared} />
      ) : (
        <p className="measure">{t("asAccount", { name: account.name })}</p>
      )}
      <Field id="reason" label={t("reason")} note={optional} hint={t("reasonHint")} error={errorOf("reason")}>
        {(control) => (
          <Textarea {...control} name="reason" defaultValue={values.reason} className="max-w-160" />
        )}
      </Field>
      <IntakeFields intake={intake} {...shared} />
    </div>
  );
}
