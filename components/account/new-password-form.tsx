"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { acceptInvitationAction, resetPasswordAction } from "@/lib/auth/actions/sign-in";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";
import { NewPasswordFields } from "./new-password-fields";

const ACTIONS = { invitation: acceptInvitationAction, password_reset: resetPasswordAction } as const;
const IDS = { invitation: "accept-invitation", password_reset: "reset-password" } as const;

/** Sets an invited user's first password, or another one by an administrator's link. The token travels in the body, not in another address. */
export function NewPasswordForm({
  purpose,
  token,
  email,
  passwordLength,
}: {
  purpose: keyof typeof ACTIONS;
  token: string;
  email: string;
  passwordLength: number;
}) {
  const t = useTranslations("auth");
  const labels = useMemo(() => ({ password: t("newPassword.label"), repeat: t("newPassword.repeat") }), [t]);
  return (
    <Form id={IDS[purpose]} action={ACTIONS[purpose]} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={passwordLength}>
          {({ errorOf }) => (
            <>
              {/* Password managers file the new password under this address. */}
              <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
              <NewPasswordFields passwordLength={passwordLength} errorOf={errorOf} />
              <input type="hidden" name="token" value={token} />
              <SubmitButton size="lg" className="self-stretch sm:self-start">
                {t(purpose === "invitation" ? "invitation.submit" : "newPasswordByLink.submit")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
