"use client";

import { useMemo } from "react";
import { AccountForm } from "@/components/account/account-form";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Confirmation } from "@/lib/auth/types";
import { IDLE } from "@/lib/core/form";
import {
  approveErasureAction,
  refuseErasureAction,
  requestErasureAction,
  requestErasureAtDeskAction,
  withdrawErasureAction,
} from "@/lib/privacy/actions";
import type { ErasureProof } from "@/lib/privacy/types";
import { Choice } from "./choice";
import { useProof } from "./proof";

const NO_FIELDS = {};

/** A patient asks to be erased: with all for whom they speak, or one of these alone. */
export function RequestErasureForm({
  confirmation,
  choices,
  words,
}: {
  confirmation: Confirmation;
  /** Whose data may go, everybody's first; none where they speak for nobody. */
  choices: readonly { value: string; label: string }[];
  words: { whose: string; submit: string };
}) {
  const proof = useProof(confirmation);
  const { fieldsOf } = proof;
  const labels = useMemo(() => ({ whose: words.whose, ...proof.labels }), [words.whose, proof.labels]);
  return (
    <Form id="request-erasure" action={requestErasureAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ values, errorOf }) => (
            <>
              {choices[0] ? (
                <Choice
                  id="whose"
                  label={words.whose}
                  error={errorOf("whose")}
                  value={values.whose ?? choices[0].value}
                  choices={choices}
                />
              ) : null}
              {fieldsOf(errorOf)}
              <SubmitButton variant="harm" size="lg" className="self-stretch sm:self-start">
                {words.submit}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/** And takes it back. */
export function WithdrawErasureForm({ submit }: { submit: string }) {
  return (
    <Form id="withdraw-erasure" action={withdrawErasureAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
          {() => (
            <SubmitButton variant="secondary" size="lg" className="self-stretch sm:self-start">
              {submit}
            </SubmitButton>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/** An administrator has somebody erased, with what was booked under the same address if it is theirs. */
export function ApproveErasureForm({
  erasureId,
  confirmation,
  unclaimed,
  words,
}: {
  erasureId: string;
  confirmation: Confirmation;
  /** By the names of their fields. */
  unclaimed: readonly { field: string; label: string }[];
  words: { include: string; submit: string };
}) {
  const { labels, fieldsOf } = useProof(confirmation);
  return (
    <Form id="approve-erasure" action={approveErasureAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ errorOf }) => (
            <>
              <input type="hidden" name="erasureId" value={erasureId} />
              {unclaimed.length > 0 ? (
                <fieldset className="flex flex-col gap-1">
                  <legend className="measure pb-1">{words.include}</legend>
                  {unclaimed.map(({ field, label }) => (
                    <Checkbox key={field} id={field} name={field} label={label} />
                  ))}
                </fieldset>
              ) : null}
              {fieldsOf(errorOf)}
              <SubmitButton variant="harm" className="self-start">
                {words.submit}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/** Or refuses, and says why. */
export function RefuseErasureForm({
  erasureId,
  words,
}: {
  erasureId: string;
  words: { reason: string; hint: string; submit: string };
}) {
  const labels = useMemo(() => ({ reason: words.reason }), [words.reason]);
  return (
    <Form id="refuse-erasure" action={refuseErasureAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ values, errorOf }) => (
            <>
              <input type="hidden" name="erasureId" value={erasureId} />
              <Field id="reason" label={words.reason} hint={words.hint} error={errorOf("reason")}>
                {(control) => (
                  <Textarea
                    {...control}
                    name="reason"
                    required
                    defaultValue={values.reason}
                    className="max-w-150"
                  />
                )}
              </Field>
              <SubmitButton variant="secondary" className="self-start">
                {words.submit}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/** An administrator begins one for somebody who asked the clinic itself, and says by what they showed who they are. */
export function DeskErasureForm({
  patientId,
  words,
}: {
  patientId: string;
  words: { proof: string; submit: string; proofs: Record<ErasureProof, string> };
}) {
  const labels = useMemo(() => ({ proof: words.proof }), [words.proof]);
  const choices = Object.entries(words.proofs).map(([value, label]) => ({ value, label }));
  return (
    <Form id="desk-erasure" action={requestErasureAtDeskAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ values, errorOf }) => (
            <>
              <input type="hidden" name="patientId" value={patientId} />
              <Choice
                id="proof"
                label={words.proof}
                error={errorOf("proof")}
                value={values.proof ?? "identity_document"}
                choices={choices}
              />
              <SubmitButton variant="secondary" className="self-start">
                {words.submit}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
