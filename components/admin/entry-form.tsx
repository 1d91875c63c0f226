"use client";

import { useTranslations } from "next-intl";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { changePractitionerEntryAction } from "@/lib/admin/actions/clinic";
import { IDLE } from "@/lib/core/form";
import { AdminForm } from "./admin-form";

const ENTRIES = ["guest", "account"] as const;

/** How a practitioner enters visits: as a guest under the clinic's account, or with a TrueConf account of their own. */
export function EntryForm({
  practitionerId,
  entry,
  trueconfUser,
}: {
  practitionerId: string;
  entry: "guest" | "account";
  trueconfUser: string | null;
}) {
  const t = useTranslations("admin.entry");
  const labels = { entry: t("legend"), trueconfUser: t("trueconfUser") };
  return (
    <Form id={`entry-${practitionerId}`} action={changePractitionerEntryAction} initialState={IDLE}>
      {(state) => (
        <AdminForm state={state} labels={labels} saved={t("saved")}>
          {({ values, errorOf }) => (
            <>
              <input type="hidden" name="practitionerId" value={practitionerId} />
              <RadioGroup id="entry" legend={labels.entry} hint={t("hint")} error={errorOf("entry")}>
                {ENTRIES.map((value, at) => (
                  <Radio
                    key={value}
                    id={at === 0 ? "entry" : `entry-${value}`}
                    name="entry"
                    value={value}
                    label={t(value)}
                    hint={t(`${value}Hint`)}
                    defaultChecked={(values?.entry ?? entry) === value}
                  />
                ))}
              </RadioGroup>
              <Field
                id="trueconfUser"
                label={labels.trueconfUser}
                hint={t("trueconfUserHint")}
                error={errorOf("trueconfUser")}
              >
                {(control) => (
                  <Input
                    {...control}
                    name="trueconfUser"
                    autoComplete="off"
                    autoCapitalize="none"
                    spellCheck={false}
                    defaultValue={values?.trueconfUser ?? trueconfUser ?? ""}
                  />
                )}
              </Field>
              <SubmitButton className="self-start">{t("submit")}</SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
