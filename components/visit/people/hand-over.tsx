"use client";

import { useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Select, Textarea } from "@/components/ui/input";
import { useLive } from "@/components/ui/live/use-live";
import { Spinner } from "@/components/ui/spinner";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { offerHandoverAction, withdrawHandoverAction } from "@/lib/visits/actions/people";
import type { ColleagueDto, HandoversDto } from "@/lib/visits/types/handover";
import type { VisitState } from "@/lib/visits/types/visit";
import { PeopleProblem } from "./people-problem";

/** Hands a visit to a colleague while it is about to begin or goes on, and says how that goes. */
export function HandOver({
  state: rendered,
  colleagues,
  initial,
}: {
  state: VisitState;
  colleagues: readonly ColleagueDto[];
  initial: HandoversDto;
}) {
  const t = useTranslations("people.handOver");
  const faults = useTranslations("people.invite.faults");
  const { state: live } = useLive<HandoversDto | null>({ key: "handovers", initial });
  const { appointmentId } = rendered;
  const { state: visit } = useLive<VisitState | null>({
    key: `appointment:${appointmentId}`,
    initial: rendered,
  });
  const phase = (visit ?? rendered).phase;
  const open = (live ?? initial).offeredByMe.find((offer) => offer.appointmentId === appointmentId);
  if (open)
    return (
      <Form id="withdraw-handover" action={withdrawHandoverAction} initialState={IDLE}>
        {(state) => (
          <div className="flex flex-wrap items-center gap-3" role="status">
            <span className="flex items-center gap-2">
              <Spinner /> {t("open", { name: open.toName })}
            </span>
            <input type="hidden" name="handoverId" value={open.handoverId} />
            <SubmitButton variant="secondary">{t("withdraw")}</SubmitButton>
            <PeopleProblem state={state} />
          </div>
        )}
      </Form>
    );
  if (colleagues.length === 0 || (phase !== "waiting" && phase !== "in_progress")) return null;
  return (
    <Details summary={t("summary")}>
      <Form
        id="offer-handover"
        action={offerHandoverAction}
        initialState={IDLE}
        className="flex flex-col gap-4"
      >
        {(state) => {
          const refused = state.status === "refused" ? state : null;
          return (
            <>
              <p className="measure text-muted">{t("lead")}</p>
              {refused ? <PeopleProblem state={refused} /> : null}
              <input type="hidden" name="appointmentId" value={appointmentId} />
              <Field
                id="handover-to"
                label={t("to")}
                error={refused?.fields.practitionerId ? faults("required") : undefined}
              >
                {(control) => (
                  <Select
                    {...control}
                    name="practitionerId"
                    required
                    defaultValue={refused?.values.practitionerId ?? ""}
                  >
                    <option value="">{t("choose")}</option>
                    {colleagues.map(({ practitionerId, name, specialty }) => (
                      <option key={practitionerId} value={practitionerId}>
                        {`${name} · ${specialty}`}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <Field
                id="handover-note"
                label={t("note")}
                hint={t("noteHint")}
                error={refused?.fields.note ? faults("too_long") : undefined}
              >
                {(control) => (
                  <Textarea {...control} name="note" rows={3} defaultValue={refused?.values.note} />
                )}
              </Field>
              <SubmitButton variant="secondary" className="self-start">
                {t("submit")}
              </SubmitButton>
            </>
          );
        }}
      </Form>
    </Details>
  );
}
