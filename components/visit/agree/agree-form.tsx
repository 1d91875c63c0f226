"use client";

import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/choice";
import { Details } from "@/components/ui/details";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { agreeAction } from "@/lib/visits/actions/agree";

type Words = { submit: string; refused: Record<"consents" | "ended" | "other", string> };
/** What is asked, under the name of its field. */
export type Asked = { field: string; label: string; read: string; paragraphs: readonly string[] };

const wordOf = (reason: string): keyof Words["refused"] =>
  reason === "consents" || reason === "ended" ? reason : "other";

/** The ticks themselves, which a browser without scripts sends as well. */
export function AgreeForm({
  asked,
  words,
  children,
}: {
  asked: readonly Asked[];
  words: Words;
  /** The fields that say which visit it is. */
  children: ReactNode;
}) {
  return (
    <Form id="agree" action={agreeAction} initialState={IDLE} className="flex flex-col gap-4">
      {(state) => (
        <>
          {state.status === "refused" ? (
            <Notice tone="wait" announce="alert">
              <p>{words.refused[wordOf(state.reason)]}</p>
            </Notice>
          ) : null}
          {children}
          {asked.map(({ field, label, read, paragraphs }) => (
            <div key={field}>
              <Checkbox id={field} name={field} value="on" required label={label} />
              <Details summary={read} className="ps-9">
                <div className="measure flex flex-col gap-2">
                  {paragraphs.map((paragraph) => (
                    <p key={paragraph} className="whitespace-pre-line">
                      {paragraph}
                    </p>
                  ))}
                </div>
              </Details>
            </div>
          ))}
          <SubmitButton size="lg" className="max-sm:w-full sm:self-start">
            {words.submit}
          </SubmitButton>
        </>
      )}
    </Form>
  );
}
