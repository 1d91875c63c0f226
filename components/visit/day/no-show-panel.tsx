"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Details } from "@/components/ui/details";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { markNoShowAction, revertNoShowAction } from "@/lib/visits/actions/day";
import type { NoShowSide, StaffItemDto } from "@/lib/visits/types/agenda";
import { DayProblem } from "./problem";

type Props = {
  visit: Pick<StaffItemDto, "appointmentId" | "patientName" | "isNoShow" | "noShow" | "state">;
  /** Who looks on: of their own absence practitioners read otherwise than administrators. */
  as: "practitioner" | "administrator";
};

/** Whose words are said of a side. */
const wordOf = (side: NoShowSide, as: Props["as"]): NoShowSide | "self" =>
  side === "practitioner" && as === "practitioner" ? "self" : side;

/** What is to be said of a visit to which somebody did not come: proposed, said, or said by mistake. */
export function NoShowPanel(props: Props) {
  const { visit } = props;
  if (visit.isNoShow) return <Marked {...props} />;
  if (visit.noShow.proposed) return <Proposed {...props} side={visit.noShow.proposed} />;
  return visit.noShow.may.length > 0 ? <May {...props} /> : null;
}

function Marked(props: Props) {
  const t = useTranslations("day.noShow");
  const { appointmentId, patientName, noShow, state } = props.visit;
  return (
    <Form id="no-show-undo" action={revertNoShowAction} initialState={IDLE}>
      {(result) => (
        <div className="flex flex-col gap-3">
          <Notice
            tone="wait"
            announce="status"
            title={t(`marked.${wordOf(state.noShow ?? "patient", props.as)}`, {
              patient: patientName,
              practitioner: state.practitionerName,
            })}
          >
            {noShow.isAutomatic ? <p>{t("automatic")}</p> : null}
            <p>{t("undoExplain")}</p>
            <input type="hidden" name="appointmentId" value={appointmentId} />
            <SubmitButton variant="secondary" size="sm" className="mt-1 self-start">
              {t("undo")}
            </SubmitButton>
          </Notice>
          <DayProblem state={result} />
        </div>
      )}
    </Form>
  );
}

function Proposed({ side, ...props }: Props & { side: NoShowSide }) {
  const t = useTranslations("day.noShow.proposed");
  const { patientName: patient, noShow } = props.visit;
  return (
    <Notice tone="wait" announce="status" title={t(`${side}.title`, { patient })}>
      <p>{t(`${side}.body`, { patient })}</p>
      <Form id="no-show" action={markNoShowAction} initialState={IDLE} className="mt-1 flex flex-col gap-2">
        {(result) => (
          <Sides {...props} sides={[side, ...noShow.may.filter((other) => other !== side)]} result={result} />
        )}
      </Form>
    </Notice>
  );
}

function May(props: Props) {
  const t = useTranslations("day");
  const { patientName: patient, noShow } = props.visit;
  return (
    <Form id="no-show" action={markNoShowAction} initialState={IDLE}>
      {(result) => (
        // What was refused is not hidden, also on a page that came back whole.
        <Details summary={t("actions.more")} open={result.status !== "idle"}>
          <div className="flex flex-col gap-2">
            <p className="measure text-muted">{t("noShow.explain", { patient })}</p>
            <Sides {...props} sides={noShow.may} result={result} />
          </div>
        </Details>
      )}
    </Form>
  );
}

function Sides({
  sides,
  result,
  ...props
}: Props & { sides: readonly NoShowSide[]; result: ComponentProps<typeof DayProblem>["state"] }) {
  const t = useTranslations("day.noShow");
  const { appointmentId, patientName, state } = props.visit;
  return (
    <>
      <DayProblem state={result} />
      <input type="hidden" name="appointmentId" value={appointmentId} />
      <div className="flex flex-wrap gap-2">
        {sides.map((side) => (
          <SubmitButton key={side} variant="secondary" size="sm" name="who" value={side}>
            {t(wordOf(side, props.as), { patient: patientName, practitioner: state.practitionerName })}
          </SubmitButton>
        ))}
      </div>
    </>
  );
}
