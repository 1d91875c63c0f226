"use client";

import { useMemo } from "react";
import { AccountForm } from "@/components/account/account-form";
import { NameField, PhoneField } from "@/components/ui/contact-fields";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { correctContactAction } from "@/lib/privacy/actions";
import type { PatientPage } from "@/lib/privacy/types";
import { Choice } from "./choice";
import { useProof } from "./proof";

type Words = Record<
  "name" | "email" | "emailHint" | "emailFixed" | "phone" | "optional" | "locale" | "timeZone" | "submit",
  string
>;

/** How somebody without an account is reached, corrected by staff to whom they told it. */
export function ContactForm({
  page: { contact, isAdministrator, confirmation, zones, languages },
  words,
}: {
  page: PatientPage;
  words: Words;
}) {
  const proof = useProof(confirmation);
  // An address that is there is replaced by administrators alone; whoever gives one shows that it is they.
  const mayMail = contact.email === null || isAdministrator;
  const labels = useMemo(
    () => ({
      name: words.name,
      email: words.email,
      phone: words.phone,
      locale: words.locale,
      timeZone: words.timeZone,
      ...proof.labels,
    }),
    [words, proof.labels],
  );
  return (
    <Form id="correct-contact" action={correctContactAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ values, errorOf }) => (
            <>
              <input type="hidden" name="patientId" value={contact.patientId} />
              <input type="hidden" name="version" value={contact.version} />
              <NameField label={words.name} error={errorOf("name")} value={values.name ?? contact.name} />
              {mayMail ? (
                <Field
                  id="email"
                  label={words.email}
                  note={words.optional}
                  hint={words.emailHint}
                  error={errorOf("email")}
                >
                  {(control) => (
                    <Input
                      {...control}
                      name="email"
                      type="email"
                      autoComplete="off"
                      spellCheck={false}
                      defaultValue={values.email ?? contact.email ?? ""}
                      className="max-w-100"
                    />
                  )}
                </Field>
              ) : (
                <p className="measure wrap-anywhere">
                  {contact.email}. {words.emailFixed}
                </p>
              )}
              <PhoneField
                label={words.phone}
                note={words.optional}
                error={errorOf("phone")}
                value={values.phone ?? contact.phone ?? ""}
              />
              <Choice
                id="locale"
                label={words.locale}
                error={errorOf("locale")}
                value={values.locale ?? contact.locale}
                choices={languages.map(({ value, name }) => ({ value, label: name }))}
              />
              <Choice
                id="timeZone"
                label={words.timeZone}
                error={errorOf("timeZone")}
                value={values.timeZone ?? contact.timeZone}
                choices={zones}
              />
              {mayMail ? proof.fieldsOf(errorOf) : null}
              <SubmitButton className="self-start">{words.submit}</SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
