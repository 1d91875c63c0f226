"use client";

import { useTranslations } from "next-intl";
import { StrandedVisits, strandedIn } from "@/components/availability/stranded-visits";
import { Checkbox } from "@/components/ui/choice";
import { EmailField } from "@/components/ui/contact-fields";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { createPractitionerAction, updatePractitionerAction } from "@/lib/admin/actions/clinic";
import type { PractitionerChoices } from "@/lib/admin/types/clinic";
import { IDLE } from "@/lib/core/form";
import { AdminForm } from "./admin-form";
import {
  IdentityFields,
  OfferFields,
  type PractitionerValues,
  usePractitionerLabels,
} from "./practitioner-fields";
import { ConfirmFields } from "./users/confirm-fields";
import type { Confirm } from "./users/confirm-of";

/**
 * Adds a practitioner and invites them.
 *
 * @param locales the portal's languages, each by its own name
 */
export function NewPractitionerForm({
  choices,
  given,
  locale,
  locales,
  confirm,
}: {
  choices: PractitionerChoices;
  given: PractitionerValues;
  locale: string;
  locales: readonly { locale: string; name: string }[];
  confirm: Confirm;
}) {
  const t = useTranslations("admin");
  const labels = {
    ...usePractitionerLabels(),
    ownPassword: t("user.ownPassword"),
    code: t("user.code"),
  };
  return (
    <Form id="new-practitioner" action={createPractitionerAction} initialState={IDLE}>
      {(state) => (
        <AdminForm state={state} labels={labels}>
          {(attempt) => (
            <>
              <IdentityFields choices={choices} given={given} attempt={attempt} />
              <EmailField
                label={t("fields.email")}
                hint={t("fields.emailHint")}
                error={attempt.errorOf("email")}
                value={attempt.values?.email}
                autoComplete="off"
              />
              <Field id="locale" label={t("fields.locale")} error={attempt.errorOf("locale")}>
                {(control) => (
                  <Select {...control} name="locale" defaultValue={attempt.values?.locale ?? locale}>
                    {locales.map((language) => (
                      <option key={language.locale} value={language.locale} lang={language.locale}>
                        {language.name}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <OfferFields choices={choices} given={given} attempt={attempt} />
              <ConfirmFields confirm={confirm} attempt={attempt} />
              <SubmitButton className="self-start">{t("newPractitioner.submit")}</SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}

/** Changes a practitioner's details. */
export function PractitionerForm({
  practitionerId,
  active,
  choices,
  given,
}: {
  practitionerId: string;
  active: boolean;
  choices: PractitionerChoices;
  given: PractitionerValues;
}) {
  const t = useTranslations("admin");
  const labels = usePractitionerLabels();
  return (
    <Form id={`practitioner-${practitionerId}`} action={updatePractitionerAction} initialState={IDLE}>
      {(state) => (
        <AdminForm
          state={state}
          labels={labels}
          saved={t("practitioner.saved")}
          question={<StrandedQuestion state={state} />}
        >
          {(attempt) => (
            <>
              <input type="hidden" name="practitionerId" value={practitionerId} />
              <IdentityFields choices={choices} given={given} attempt={attempt} />
              <OfferFields choices={choices} given={given} attempt={attempt} />
              <Checkbox
                id="active"
                name="active"
                label={t("fields.active")}
                hint={t("fields.activeHint")}
                defaultChecked={attempt.values ? attempt.values.active === "on" : active}
              />
              <SubmitButton className="self-start">{t("practitioner.submit")}</SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}

/** Another zone, and not being offered any more, may strand booked visits. */
function StrandedQuestion({ state }: { state: Parameters<typeof strandedIn>[0] }) {
  const stranded = strandedIn(state);
  return stranded ? <StrandedVisits stranded={stranded} /> : null;
}
