import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";

/**
 * The questions: a guest says who comes, an account's owner only why.
 *
 * @param values what was typed before, when the page comes back without JavaScript
 */
export function BookingFields({
  accountName,
  values,
  errorOf,
}: {
  accountName: string | null;
  values: Readonly<Record<string, string>>;
  errorOf: (fieldId: string) => string | undefined;
}) {
  const t = useTranslations("booking");
  const optional = useTranslations("common")("optional");
  return (
    <div className="flex flex-col gap-6">
      {accountName === null ? (
        <>
          <Field id="name" label={t("name")} hint={t("nameHint")} error={errorOf("name")}>
            {(control) => (
              <Input
                {...control}
                name="name"
                autoComplete="name"
                required
                defaultValue={values.name}
                className="max-w-100"
              />
            )}
          </Field>
          <Field id="email" label={t("email")} hint={t("emailHint")} error={errorOf("email")}>
            {(control) => (
              <Input
                {...control}
                name="email"
                type="email"
                autoComplete="email"
                spellCheck={false}
                required
                defaultValue={values.email}
                className="max-w-100"
              />
            )}
          </Field>
          <Field id="phone" label={t("phone")} note={optional} hint={t("phoneHint")} error={errorOf("phone")}>
            {(control) => (
              <Input
                {...control}
                name="phone"
                type="tel"
                autoComplete="tel"
                defaultValue={values.phone}
                className="max-w-60"
              />
            )}
          </Field>
        </>
      ) : (
        <p className="measure">{t("asAccount", { name: accountName })}</p>
      )}
      <Field id="reason" label={t("reason")} note={optional} hint={t("reasonHint")} error={errorOf("reason")}>
        {(control) => (
          <Textarea {...control} name="reason" defaultValue={values.reason} className="max-w-160" />
        )}
      </Field>
    </div>
  );
}
