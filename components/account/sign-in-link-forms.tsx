"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { requestSignInLinkAction, signInWithLinkAction } from "@/lib/auth/actions/email-link";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";
import { AddressRequest } from "./address-request";

const NO_FIELDS = {};

/** Asks for the address of an account. */
export function RequestSignInLink() {
  const t = useTranslations("auth.link");
  return (
    <AddressRequest
      id="request-sign-in-link"
      action={requestSignInLinkAction}
      words={{
        email: t("email"),
        submit: t("submit"),
        sentTitle: t("sentTitle"),
        sentBody: t("sentBody"),
        notYet: t("notYet"),
      }}
    />
  );
}

/** Signs in by a mail's link: a press, since programs that look through mail follow links. */
export function SignInWithLink({ token, isNew }: { token: string; isNew: boolean }) {
  const t = useTranslations("auth.link");
  return (
    <Form id="sign-in-with-link" action={signInWithLinkAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
          {() => (
            <>
              <input type="hidden" name="token" value={token} />
              <SubmitButton size="lg" className="self-stretch sm:self-start">
                {t(isNew ? "enterNew" : "enter")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
