"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { proveByMailAction } from "@/lib/auth/actions/email-link";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";
import { LookIntoMail } from "./look-into-mail";

const NO_FIELDS = {};

/** For whoever has no password: a link to their own address, which leads back to the page that asks. */
export function ProveByMail({
  email,
  next,
}: {
  email: string;
  next:
    | "/account/password"
    | "/account/email"
    | "/account/data"
    | "/account/erasure"
    | "/account/second-step";
}) {
  const t = useTranslations("account.proof");
  return (
    <Form id="prove-by-mail" action={proveByMailAction} initialState={IDLE}>
      {(state) =>
        state.status === "done" ? (
          <LookIntoMail title={t("sentTitle")}>
            <p>{t("sentBody", { email })}</p>
            <p>{t("notYet")}</p>
          </LookIntoMail>
        ) : (
          <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
            {() => (
              <>
                <input type="hidden" name="next" value={next} />
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
