"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { acceptInvitationAction } from "@/lib/auth/actions/sign-in";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";
import { NewPasswordFields } from "./new-password-fields";

/** Sets an invited user's first password. The link's token travels in the body, not in another address. */
export function InvitationForm({
  token,
  email,
  passwordLength,
}: {
  token: string;
  email: string;
  passwordLength: number;
}) {
  const t = useTranslations("auth");
  const labels = useMemo(() => ({ password: t("newPassword.label"), repeat: t("newPassword.repeat") }), [t]);
  return (
    <Form id="accept-invitation" action={acceptInvitationAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={passwordLength}>
          {({ errorOf }) => (
            <>
              {/* Password managers file the new password under this address. */}
              <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
              <NewPasswordFields passwordLength={passwordLength} errorOf={errorOf} />
              <input type="hidden" name="token" value={token} />
              <SubmitButton size="lg" className="self-stretch sm:self-start">
                {t("invitation.submit")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
