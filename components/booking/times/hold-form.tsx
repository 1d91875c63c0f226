"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { holdSlotAction } from "@/lib/booking/actions/hold";
import { IDLE } from "@/lib/core/form";

type HoldState = Awaited<ReturnType<typeof holdSlotAction>>;

/**
 * Some times of one practitioner and visit type, each the button that holds it and goes on to the page which books it. Where
 * somebody was quicker, that page says so and has the nearest ones.
 *
 * @param id of the form, unique on its page
 */
export function HoldForm({
  id,
  offer,
  className,
  children,
}: {
  id: string;
  offer: { practitionerId: string; visitTypeId: string };
  className?: string;
  children: ReactNode;
}) {
  return (
    <Form id={id} action={holdSlotAction} initialState={IDLE} className={className}>
      {(state) => (
        <>
          <input type="hidden" name="practitionerId" value={offer.practitionerId} />
          <input type="hidden" name="visitTypeId" value={offer.visitTypeId} />
          {state.status === "refused" ? <Refusal state={state} /> : null}
          {children}
        </>
      )}
    </Form>
  );
}

/** The choice did not get as far as the time. Takes the focus, since what was pressed may be far below. */
function Refusal({ state }: { state: HoldState }) {
  const t = useTranslations("home.times.refused");
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
      className="mb-4 rounded-md"
    >
      <Notice tone="wait" title={t("title")} announce="alert">
        <p>{t("body")}</p>
      </Notice>
    </div>
  );
}
