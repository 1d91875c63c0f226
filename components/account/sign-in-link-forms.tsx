"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { EmailField } from "@/components/ui/contact-fields";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { requestSignInLinkAction, signInWithLinkAction } from "@/lib/auth/actions/email-link";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";

const NO_FIELDS = {};

/** Asks for the address of an account. The answer is one and the same, so it is all that is shown then. */
export function RequestSignInLink() {
  const t = useTranslations("auth.link");
  const labels = useMemo(() => ({ email: t("email") }), [t]);
  return (
    <Form id="request-sign-in-link" action={requestSignInLinkAction} initialState={IDLE}>
      {(state) =>
        state.status === "done" ? (
          <Sent />
        ) : (
          <AccountForm state={state} labels={labels} passwordLength={0}>
            {({ values, errorOf }) => (
              <>
                <EmailField label={labels.email} error={errorOf("email")} value={values.email} />
                <SubmitButton size="lg" className="self-stretch sm:self-start">
                  {t("submit")}
                </SubmitButton>
              </>
            )}
          </AccountForm>
        )
      }
    </Form>
  );
}

/** Takes the focus: the field that had it is gone. */
function Sent() {
  const t = useTranslations("auth.link");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className="rounded-md">
      <Notice tone="live" title={t("sentTitle")} announce="status">
        <p>{t("sentBody")}</p>
        <p>{t("notYet")}</p>
      </Notice>
    </div>
  );
}

/** Signs in by a mail's link: a press, since programs that look through mail follow links. */
export function SignInWithLink({ token }: { token: string }) {
  const t = useTranslations("auth.link");
  return (
    <Form id="sign-in-with-link" action={signInWithLinkAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
          {() => (
            <>
              <input type="hidden" name="token" value={token} />
              <SubmitButton size="lg" className="self-stretch sm:self-start">
                {t("enter")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
