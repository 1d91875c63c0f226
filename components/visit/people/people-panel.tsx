"use client";

import { clsx } from "clsx";
import { DoorOpen, UserRound, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";
import { Form } from "@/components/ui/form";
import { useLive } from "@/components/ui/live/use-live";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { admitThirdPersonAction, revokeThirdPersonAction } from "@/lib/visits/actions/people";
import type { VisitPersonDto, VisitState } from "@/lib/visits/types/visit";
import { InviteForm } from "./invite-form";
import { PeopleProblem } from "./people-problem";

type Props = {
  initial: VisitState;
  token: string | undefined;
  /** Whose page it is: the practitioner lets people in and sends anybody away, the patient whom they have asked in. */
  as: "practitioner" | "patient";
};

/** Who takes part in a visit, live, and the way to ask somebody in. */
export function PeoplePanel({ initial, token, as }: Props) {
  const t = useTranslations("people");
  const { state } = useLive<VisitState | null>({
    key: `appointment:${initial.appointmentId}`,
    ...(token === undefined ? {} : { token }),
    initial,
  });
  const { people, phase, appointmentId } = state ?? initial;
  if (phase === "finished" || phase === "cancelled" || phase === "missed") return null;
  const isWaited = people.some(({ status }) => status === "waiting");
  return (
    <section aria-labelledby="people" className="flex flex-col gap-3">
      <h2 id="people" className="text-lg font-semibold">
        {t("panel.title")}
      </h2>
      <ul className="flex flex-col divide-y divide-line" aria-live="polite" aria-relevant="additions text">
        {people.map((person) => (
          <PersonLine
            key={person.key}
            person={person}
            isRunning={phase === "in_progress"}
            appointmentId={appointmentId}
            token={token}
            as={as}
          />
        ))}
      </ul>
      {as === "practitioner" && phase === "in_progress" && isWaited ? (
        <p className="measure text-sm text-muted">{t("panel.revokeRunning")}</p>
      ) : null}
      <Details summary={t("invite.summary")}>
        <InviteForm appointmentId={appointmentId} token={token} />
      </Details>
    </section>
  );
}

function PersonLine({
  person,
  isRunning,
  appointmentId,
  token,
  as,
}: {
  person: VisitPersonDto;
  isRunning: boolean;
  appointmentId: string;
  token: string | undefined;
  as: Props["as"];
}) {
  const t = useTranslations("people.panel");
  const { key, name, kind, isIn, status, invitedBy } = person;
  const isThird = status !== null;
  const mayAdmit = isThird && as === "practitioner" && status !== "admitted";
  const mayRevoke = isThird && (as === "practitioner" || invitedBy === "patient");
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
      <span className="flex min-w-0 items-center gap-2">
        <UserRound
          aria-hidden="true"
          className={clsx("size-4 shrink-0", isIn ? "text-live" : "text-muted")}
        />
        <span className="min-w-0">
          <span className="block truncate font-medium">{name}</span>
          <span className={clsx("block text-sm", status === "waiting" ? "text-wait" : "text-muted")}>
            {t(`kinds.${kind}`)}
            {status !== null && status !== "revoked" && !isIn ? ` · ${t(`status.${status}`)}` : ""}
            {isRunning && (status === null || isIn) ? ` · ${t(isIn ? "inCall" : "notIn")}` : ""}
          </span>
        </span>
      </span>
      {mayAdmit || mayRevoke ? (
        <span className="flex flex-wrap items-center gap-2">
          {mayAdmit ? (
            <Form id={`admit-${key}`} action={admitThirdPersonAction} initialState={IDLE}>
              {(state) => (
                <>
                  <Keys appointmentId={appointmentId} thirdPersonId={key} token={token} />
                  <SubmitButton variant={status === "waiting" ? "primary" : "secondary"}>
                    <DoorOpen aria-hidden="true" className="size-4" />
                    {t("admit", { name })}
                  </SubmitButton>
                  <PeopleProblem state={state} />
                </>
              )}
            </Form>
          ) : null}
          {mayRevoke ? (
            <Form id={`revoke-${key}`} action={revokeThirdPersonAction} initialState={IDLE}>
              {(state) => (
                <>
                  <Keys appointmentId={appointmentId} thirdPersonId={key} token={token} />
                  <SubmitButton variant="quiet">
                    <UserX aria-hidden="true" className="size-4" />
                    {t("revoke", { name })}
                  </SubmitButton>
                  <PeopleProblem state={state} />
                </>
              )}
            </Form>
          ) : null}
        </span>
      ) : null}
    </li>
  );
}

function Keys({
  appointmentId,
  thirdPersonId,
  token,
}: {
  appointmentId: string;
  thirdPersonId: string;
  token: string | undefined;
}) {
  return (
    <>
      <input type="hidden" name="appointmentId" value={appointmentId} />
      <input type="hidden" name="thirdPersonId" value={thirdPersonId} />
      {token === undefined ? null : <input type="hidden" name="token" value={token} />}
    </>
  );
}
