"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import {
  beginSecondStepAction,
  changeSecondStepAction,
  hideCodesAction,
  setSecondStepAction,
} from "@/lib/auth/actions/second-step";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";
import { CodeField } from "./code-field";
import { OwnPasswordField } from "./own-password-field";

const NO_FIELDS = {};
const BUTTON = "self-stretch sm:self-start";

/** Asks for the secret of an app, by the password of whoever has one. */
export function BeginSecondStep({ withPassword }: { withPassword: boolean }) {
  const t = useTranslations("account.secondStep");
  const labels = useMemo(
    (): Record<string, string> => (withPassword ? { password: t("password") } : {}),
    [t, withPassword],
  );
  return (
    <Form id="begin-second-step" action={beginSecondStepAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ errorOf }) => (
            <>
              {withPassword ? <OwnPasswordField error={errorOf("password")} /> : null}
              <SubmitButton size="lg" className={BUTTON}>
                {t("begin")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/** Shows that the app has the secret, by a code. */
export function ConfirmSecondStep() {
  const t = useTranslations("account.secondStep");
  const labels = useMemo(() => ({ code: t("code") }), [t]);
  return (
    <Form id="set-second-step" action={setSecondStepAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ errorOf }) => (
            <>
              <CodeField label={labels.code} hint={t("codeHint")} error={errorOf("code")} digitsOnly />
              <SubmitButton size="lg" className={BUTTON}>
                {t("confirm")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/** Another app, new recovery codes, or no code any more, by a code, and the password of whoever has one. */
export function ChangeSecondStep({ required, withPassword }: { required: boolean; withPassword: boolean }) {
  const t = useTranslations("account.secondStep");
  const labels = useMemo(
    () => ({ what: t("what"), ...(withPassword ? { password: t("password") } : {}), code: t("anyCode") }),
    [t, withPassword],
  );
  return (
    <Form id="change-second-step" action={changeSecondStepAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ values, errorOf }) => (
            <>
              <RadioGroup id="what" legend={labels.what} error={errorOf("what")}>
                <Radio
                  id="what"
                  name="what"
                  value="app"
                  label={t("app")}
                  defaultChecked={values.what === "app"}
                />
                <Radio
                  id="what-codes"
                  name="what"
                  value="codes"
                  label={t("newCodes")}
                  defaultChecked={values.what === "codes"}
                />
                {required ? null : (
                  <Radio
                    id="what-off"
                    name="what"
                    value="off"
                    label={t("turnOff")}
                    defaultChecked={values.what === "off"}
                  />
                )}
              </RadioGroup>
              {withPassword ? <OwnPasswordField error={errorOf("password")} /> : null}
              <CodeField label={labels.code} error={errorOf("code")} />
              <SubmitButton className={BUTTON}>{t("change")}</SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/** The codes have been copied, and go off the screen. */
export function HideCodes() {
  const t = useTranslations("account.secondStep");
  return (
    <Form id="hide-codes" action={hideCodesAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
          {() => (
            <SubmitButton size="lg" className={BUTTON}>
              {t("hide")}
            </SubmitButton>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
