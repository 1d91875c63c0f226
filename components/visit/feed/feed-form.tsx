"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { buttonClass } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FeedAddressDto } from "@/lib/booking/types/feed";
import { IDLE } from "@/lib/core/form";
import { createFeedAction, revokeFeedAction } from "@/lib/visits/actions/feed";

type Props = { createdOn: string | null; token: string | undefined };

/**
 * Makes the calendar's address and shows it this once, or stops the one that there is.
 *
 * @param createdOn when the present address was made, in words
 */
export function FeedForm({ createdOn, token }: Props) {
  const t = useTranslations("change.feed");
  const key = token === undefined ? null : <input type="hidden" name="token" value={token} />;
  // The first form stays where it is: without JavaScript the page that shows the address already knows of it.
  return (
    <>
      <Form id="make-feed" action={createFeedAction} initialState={IDLE}>
        {(state) =>
          state.status === "made" ? (
            <Address address={state.address} />
          ) : (
            <div className="flex flex-col gap-4">
              {state.status === "refused" ? <Refusal /> : null}
              {createdOn === null ? (
                <>
                  {key}
                  <SubmitButton size="lg" className="self-stretch sm:self-start">
                    {t("create")}
                  </SubmitButton>
                </>
              ) : null}
            </div>
          )
        }
      </Form>
      {createdOn === null ? null : (
        <Form id="stop-feed" action={revokeFeedAction} initialState={IDLE}>
          {(state) =>
            state.status === "done" ? (
              <Notice tone="live" title={t("revoked")} announce="status" />
            ) : (
              <div className="flex flex-col gap-4">
                {state.status === "refused" ? <Refusal /> : null}
                <p>{t("existing", { date: createdOn })}</p>
                <p className="measure text-muted">{t("revokeHint")}</p>
                {key}
                <SubmitButton variant="secondary" className="self-start">
                  {t("revoke")}
                </SubmitButton>
              </div>
            )
          }
        </Form>
      )}
    </>
  );
}

/** Takes the focus: the button that had it is gone, and this is not shown again. */
function Address({ address: { url, webcalUrl } }: { address: FeedAddressDto }) {
  const t = useTranslations("change.feed");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className="flex flex-col gap-4 rounded-md">
      <Notice tone="live" title={t("made")} announce="status">
        <p>{t("once")}</p>
      </Notice>
      <p>
        <a href={webcalUrl} className={buttonClass({ variant: "primary", size: "lg" })}>
          {t("subscribe")}
        </a>
      </p>
      <Field id="feed-address" label={t("address")} hint={t("how")}>
        {(control) => (
          <Input {...control} readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
        )}
      </Field>
    </div>
  );
}

function Refusal() {
  const t = useTranslations("change.feed.refused");
  return (
    <Notice tone="wait" title={t("title")} announce="alert">
      <p>{t("body")}</p>
    </Notice>
  );
}
