"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input, Select } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { inviteThirdPersonAction } from "@/lib/visits/actions/people";
import { PeopleProblem } from "./people-problem";

const KINDS = ["interpreter", "relative", "student", "other"] as const;
const FAULTS = ["required", "too_long", "characters", "email"] as const;
const isFault = (fault: string): fault is (typeof FAULTS)[number] =>
  (FAULTS as readonly string[]).includes(fault);

/**
 * Asks somebody into a visit. Where no mail goes the link is shown, this once.
 *
 * @param token the personal link's, where the page was opened by one
 */
export function InviteForm({ appointmentId, token }: { appointmentId: string; token: string | undefined }) {
  const t = useTranslations("people.invite");
  const people = useTranslations("people.panel");
  return (
    <Form id="invite" action={inviteThirdPersonAction} initialState={IDLE} className="flex flex-col gap-4">
      {(state) => {
        if (state.status === "made") return <MadeLink url={state.url} />;
        const refused = state.status === "refused" ? state : null;
        const errorOf = (field: string) => {
          const fault = refused?.fields[field];
          return fault === undefined ? undefined : t(`faults.${isFault(fault) ? fault : "invalid"}`);
        };
        return (
          <>
            <p className="measure text-muted">{t("lead")}</p>
            {refused ? <PeopleProblem state={refused} /> : null}
            {state.status === "done" ? <Notice tone="live" announce="status" title={t("sent")} /> : null}
            <input type="hidden" name="appointmentId" value={appointmentId} />
            {token === undefined ? null : <input type="hidden" name="token" value={token} />}
            <Field id="kind" label={t("kind")} error={errorOf("kind")}>
              {(control) => (
                <Select {...control} name="kind" defaultValue={refused?.values.kind ?? "relative"}>
                  {KINDS.map((kind) => (
                    <option key={kind} value={kind}>
                      {people(`kinds.${kind}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field id="third-name" label={t("name")} hint={t("nameHint")} error={errorOf("name")}>
              {(control) => (
                <Input
                  {...control}
                  name="name"
                  autoComplete="off"
                  required
                  defaultValue={refused?.values.name}
                />
              )}
            </Field>
            <Field id="third-email" label={t("email")} hint={t("emailHint")} error={errorOf("email")}>
              {(control) => (
                <Input
                  {...control}
                  name="email"
                  type="email"
                  autoComplete="off"
                  spellCheck={false}
                  defaultValue={refused?.values.email}
                />
              )}
            </Field>
            <SubmitButton variant="secondary" className="self-stretch sm:self-start">
              {t("submit")}
            </SubmitButton>
          </>
        );
      }}
    </Form>
  );
}

/** Takes the focus: the button that had it is gone, and this is not shown again. */
function MadeLink({ url }: { url: string }) {
  const t = useTranslations("people.invite");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className="flex flex-col gap-4 rounded-md">
      <Notice tone="live" title={t("made")} announce="status">
        <p>{t("madeBody")}</p>
      </Notice>
      <Field id="third-link" label={t("address")}>
        {(control) => (
          <Input {...control} readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
        )}
      </Field>
    </div>
  );
}
