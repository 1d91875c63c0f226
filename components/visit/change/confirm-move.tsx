"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { moveVisitAction } from "@/lib/visits/actions/change";
import type { MovePageDto } from "@/lib/visits/types/visit";
import { Refused } from "./refused";
import { VisitKey } from "./visit-key";

/** The old time and the new one, and the one button that moves the visit. */
export function ConfirmMove({
  page: { visit, path },
  step: { to, toEndTime },
  token,
}: {
  page: Pick<MovePageDto, "visit" | "path">;
  step: Extract<MovePageDto["step"], { kind: "confirm" }>;
  token: string | undefined;
}) {
  const t = useTranslations("change.move.confirm");
  const when = (moment: typeof to, endTime: string) => (
    <>
      <span className="block font-semibold">{moment.date}</span>
      <time dateTime={moment.iso} className="block tabular-nums">
        {t("time", { from: moment.time, to: endTime, zone: moment.zone, offset: moment.offset })}
      </time>
    </>
  );
  return (
    <Form id="move" action={moveVisitAction} initialState={IDLE} className="flex flex-col gap-6">
      {(state) => (
        <>
          {state.status === "refused" ? <Refused state={state} /> : null}
          <Card>
            <DescriptionList
              items={[
                { key: "from", term: t("from"), details: when(visit.starts, visit.endTime) },
                { key: "to", term: t("to"), details: when(to, toEndTime) },
              ]}
            />
          </Card>
          <VisitKey appointmentId={visit.appointmentId} token={token} />
          <input type="hidden" name="startAt" value={to.iso} />
          <div className="flex flex-col gap-3 sm:flex-row">
            {state.status === "refused" ? null : <SubmitButton size="lg">{t("submit")}</SubmitButton>}
            <ButtonLink href={path} size="lg">
              {t("other")}
            </ButtonLink>
          </div>
        </>
      )}
    </Form>
  );
}
