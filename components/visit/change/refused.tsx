"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import type { RescheduleRefusal } from "@/lib/booking/types/change";
import type { FormState } from "@/lib/core/form";
import { ClinicPhone } from "./clinic-phone";

/** What both forms answer. */
export type ChangeState = FormState<RescheduleRefusal>;

/** Why a visit was not changed. Takes the focus, and calls for the phone where only that helps. */
export function Refused({ state }: { state: Extract<ChangeState, { status: "refused" }> }) {
  const t = useTranslations("change.refused");
  const box = useRef<HTMLDivElement>(null);
  // Also for the same refusal a second time: that one is another state.
  useEffect(() => {
    if (state.status === "refused") box.current?.focus();
  }, [state]);
  return (
    <div
      ref={box}
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: without JavaScript the page comes back whole, and this is what changed
      autoFocus
      className="rounded-md"
    >
      <Notice tone="wait" title={t(`${state.reason}.title`)} announce="alert">
        <p>{t(`${state.reason}.body`)}</p>
        {state.reason === "too_late" ? <ClinicPhone /> : null}
      </Notice>
    </div>
  );
}
