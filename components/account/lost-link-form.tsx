"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { EmailField } from "@/components/ui/contact-fields";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { requestVisitListAction } from "@/lib/booking/actions/lost-link";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";

/** Asks for the address with which somebody booked. The answer is one and the same, so it is all that is shown then. */
export function LostLinkForm() {
  const t = useTranslations("change.lostLink");
  const labels = useMemo(() => ({ email: t("email") }), [t]);
  return (
    <Form id="lost-link" action={requestVisitListAction} initialState={IDLE}>
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
  const t = useTranslations("change.lostLink");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className="rounded-md">
      <Notice tone="live" title={t("sentTitle")} announce="status">
        <p>{t("sentBody")}</p>
        <p>{t("nothingYet")}</p>
      </Notice>
    </div>
  );
}
