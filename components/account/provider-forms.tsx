"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import {
  beginProofAction,
  beginProviderAction,
  finishProofAction,
  finishProviderAction,
} from "@/lib/auth/actions/provider";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";

const NO_FIELDS = {};

/**
 * Begins a sign-in with the clinic's own accounts.
 *
 * @param name by which staff know them
 * @param next a path of ours to go on to
 */
export function BeginProvider({ name, next }: { name: string; next: string | undefined }) {
  const t = useTranslations("auth.provider");
  return (
    <Form id="begin-provider" action={beginProviderAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
          {() => (
            <>
              {next === undefined ? null : <input type="hidden" name="next" value={next} />}
              <SubmitButton variant="secondary" size="lg" className="self-stretch sm:self-start">
                {t("begin", { name })}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/**
 * Begins a new sign-in with them for whoever is signed in already, to show that it is they.
 *
 * @param next the page of ours to come back to
 */
export function ProveByProvider({ name, next }: { name: string; next: string }) {
  const t = useTranslations("auth.provider");
  return (
    <Form id="begin-proof" action={beginProofAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
          {() => (
            <>
              <input type="hidden" name="next" value={next} />
              <SubmitButton size="lg" className="self-stretch sm:self-start">
                {t("beginProof", { name })}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/**
 * Ends either, once the provider has sent the browser back: by itself, or by a press where no script runs. Opening the page changes
 * nothing.
 *
 * @param answer what the provider sent with it
 */
export function FinishProvider({ answer, purpose }: { answer: string; purpose: "sign_in" | "proof" }) {
  const t = useTranslations("auth.provider");
  const isProof = purpose === "proof";
  const button = useRef<HTMLDivElement>(null);
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    button.current?.closest("form")?.requestSubmit();
  }, []);
  return (
    <Form
      id="finish-provider"
      action={isProof ? finishProofAction : finishProviderAction}
      initialState={IDLE}
    >
      {(state) => (
        <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
          {() =>
            // What was refused once is refused every time: only a new beginning helps.
            state.status === "refused" ? null : (
              <div ref={button} className="flex flex-col gap-6">
                <p className="measure">{t(isProof ? "backProof" : "back")}</p>
                <input type="hidden" name="answer" value={answer} />
                <SubmitButton size="lg" className="self-stretch sm:self-start">
                  {t(isProof ? "finishProof" : "finish")}
                </SubmitButton>
              </div>
            )
          }
        </AccountForm>
      )}
    </Form>
  );
}
