"use client";

import {
  unstable_isUnrecognizedActionError as isUnrecognizedAction,
  unstable_rethrow,
} from "next/navigation";
import { useTranslations } from "next-intl";
import {
  type ComponentProps,
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useEffect,
  useRef,
  useState,
} from "react";
import { applyDraft, keepDraft, readDraft, submitterOf, takeDraft } from "./form-draft";
import { Notice } from "./notice";

/** Why a form could not be sent at all, as opposed to being refused by its action. */
type Failure = { kind: "offline" | "unexpected" | "updated"; eventId?: string };
type Held<S> = { state: Awaited<S>; failure: Failure | null };

type FormProps<S> = Omit<ComponentProps<"form">, "action" | "children" | "onSubmit" | "id" | "ref"> & {
  /** Unique in the portal and the same on every render: what was typed is kept under it. */
  id: string;
  /** A server action itself, not a function around one, or the form would not work without JavaScript. */
  action: (state: Awaited<S>, data: FormData) => S | Promise<S>;
  initialState: Awaited<S>;
  children: ReactNode | ((state: Awaited<S>, pending: boolean) => ReactNode);
};

/**
 * A form around a server action that keeps what was typed, whatever fails.
 *
 * - **Without JavaScript** it posts like any form; the action's answer comes back as `state` with the page. Answer with
 *   the typed values in the state and give them to the fields as `defaultValue`, since that page is a new one.
 * - **With JavaScript** the fields stay as they are, whatever the action answers. (React empties a form after its
 *   action; this one does not. To empty it after a success, change its `key`.)
 * - **No connection, or the action threw**: a notice beside the button says so, with the event id to tell the clinic;
 *   the fields stay. Redirects and `notFound()` of the action work as ever.
 * - **Tried too often**: where the state has `retryAfterSeconds`, it says how long to wait, after what the form itself says of it.
 * - **A new version of the portal was deployed** while the page was open, and the server no longer knows the action:
 *   nothing was done, so the fields are kept in this tab, the page is loaded anew, the fields are filled again and the
 *   form is sent once more, once. With a password or a file in it the person is asked to send it.
 *
 * Validation is the action's: the browser's own bubbles are off. `SubmitButton` inside knows when the form is being sent.
 *
 * @example
 * <Form id="sign-in" action={signInAction} initialState={{ status: "idle" }}>
 *   {(state) => <>…<SubmitButton>{t("signIn")}</SubmitButton></>}
 * </Form>
 */
export function Form<S>({ id, action, initialState, children, ...rest }: FormProps<S>) {
  const form = useRef<HTMLFormElement>(null);
  const sentAgain = useRef(false);
  const [needsLook, setNeedsLook] = useState(false);

  /** Answers the plain post of a page without JavaScript; its state is where the live one begins. */
  const [served, postPlainly] = useActionState(action, initialState);

  async function send(
    held: Held<S>,
    sent: { data: FormData; submitter: HTMLElement | null },
  ): Promise<Held<S>> {
    try {
      return { state: await action(held.state, sent.data), failure: null };
    } catch (error) {
      unstable_rethrow(error);
      if (isUnrecognizedAction(error) && !sentAgain.current && form.current) {
        if (keepDraft(id, readDraft(form.current, sent.submitter, Date.now()))) {
          window.location.reload();
          return new Promise<never>(() => {});
        }
      }
      return { ...held, failure: failureOf(error) };
    }
  }
  const [held, dispatch, pending] = useActionState(send, { state: served, failure: null });

  useEffect(() => {
    const draft = takeDraft(id, Date.now());
    if (!draft || !form.current) return;
    sentAgain.current = true;
    applyDraft(form.current, draft);
    if (draft.whole) form.current.requestSubmit(submitterOf(form.current, draft));
    else setNeedsLook(true);
  }, [id]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    setNeedsLook(false);
    const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
    const data = new FormData(event.currentTarget, submitter);
    for (const name of [...data.keys()]) if (name.startsWith("$ACTION_")) data.delete(name);
    startTransition(() => dispatch({ data, submitter }));
  }

  return (
    <form ref={form} id={id} noValidate {...rest} action={postPlainly} onSubmit={submit}>
      {typeof children === "function" ? children(held.state, pending) : children}
      <WaitNotice state={pending ? null : held.state} />
      <FailureNotice failure={pending ? null : needsLook ? { kind: "updated" } : held.failure} />
    </form>
  );
}

/** Whatever a form's own words for it are: how long whoever has tried too often is to wait. */
function WaitNotice({ state }: { state: unknown }) {
  const t = useTranslations("errors");
  const isWaiting = typeof state === "object" && state !== null && "retryAfterSeconds" in state;
  const seconds = isWaiting && typeof state.retryAfterSeconds === "number" ? state.retryAfterSeconds : 0;
  if (seconds <= 0) return null;
  return (
    <p className="mt-4" role="status">
      {seconds < 60 ? t("waitSeconds", { count: seconds }) : t("wait", { minutes: Math.ceil(seconds / 60) })}
    </p>
  );
}

function failureOf(error: unknown): Failure {
  if (isUnrecognizedAction(error)) return { kind: "unexpected" };
  if (error instanceof TypeError || !navigator.onLine) return { kind: "offline" };
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return { kind: "unexpected", eventId: typeof digest === "string" ? digest : undefined };
}

function FailureNotice({ failure }: { failure: Failure | null }) {
  const t = useTranslations("errors");
  if (!failure) return null;
  return (
    <Notice
      tone={failure.kind === "unexpected" ? "harm" : "wait"}
      title={t(`form.${failure.kind}Title`)}
      announce="alert"
      className="mt-4"
    >
      <p>{t(`form.${failure.kind}Body`)}</p>
      {failure.eventId ? <p>{t("eventId", { id: failure.eventId })}</p> : null}
    </Notice>
  );
}
