"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { endAccessAction } from "@/lib/emergency/actions";

/** Gives an access back before its time is over. */
export function EndAccess({ accessId, patientName }: { accessId: string; patientName: string }) {
  const t = useTranslations("emergency.banner");
  return (
    <Form id={`end-access-${accessId}`} action={endAccessAction} initialState={IDLE}>
      {(state) => (
        <>
          <input type="hidden" name="accessId" value={accessId} />
          <SubmitButton variant="secondary" size="sm" aria-label={t("endOf", { name: patientName })}>
            {t("end")}
          </SubmitButton>
          {state.status === "refused" ? <p role="alert">{t("gone")}</p> : null}
        </>
      )}
    </Form>
  );
}
