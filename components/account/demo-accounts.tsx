"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Role } from "@/lib/access/types";
import { signInAction } from "@/lib/auth/actions/sign-in";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";

const NO_FIELDS = {};

export type DemoAccount = { role: Role; name: string; email: string; password: string };

/** The invented people of the demonstration, each a press away. Their passwords are shown: they open nothing real. */
export function DemoAccounts({
  accounts,
  next,
}: {
  accounts: readonly DemoAccount[];
  next: string | undefined;
}) {
  const t = useTranslations("auth.demo");
  return (
    <section
      aria-labelledby="demo-accounts"
      className="flex flex-col gap-4 rounded-md border border-line bg-surface p-card"
    >
      <div className="flex flex-col gap-1">
        <h2 id="demo-accounts" className="text-lg font-semibold">
          {t("title")}
        </h2>
        <p className="measure text-muted">{t("body")}</p>
      </div>
      <ul className="flex flex-col divide-y divide-line">
        {accounts.map(({ role, name, email, password }) => (
          <li
            key={role}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0"
          >
            <div className="min-w-0">
              <p className="font-medium">{name}</p>
              <p className="text-sm break-all text-muted">{email}</p>
              <p className="text-sm text-muted">{t("passwordIs", { password })}</p>
            </div>
            <Form id={`sign-in-${role}`} action={signInAction} initialState={IDLE}>
              {(state) => (
                <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
                  {() => (
                    <>
                      <input type="hidden" name="email" value={email} />
                      <input type="hidden" name="password" value={password} />
                      {next === undefined ? null : <input type="hidden" name="next" value={next} />}
                      <SubmitButton variant="secondary" className="self-start">
                        {t("signInAs", { role: t(`role.${role}`) })}
                      </SubmitButton>
                    </>
                  )}
                </AccountForm>
              )}
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
