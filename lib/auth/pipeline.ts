import "server-only";
import { headers } from "next/headers";
import type { Temporal } from "temporal-polyfill";
import type { z } from "zod";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordRefusal } from "@/lib/audit/mutations";
import { systemNow } from "@/lib/core/clock";
import type { FormState, PipelineRefusal } from "@/lib/core/form";
import type { Refusal, Result } from "@/lib/core/result";
import { clientAddress } from "@/lib/security/address";
import { isOwnOrigin } from "@/lib/security/origin";
import { countAttempt, type Limit } from "@/lib/security/rate-limit";
import { UNKNOWN_ADDRESSES } from "./constants";
import { loadActor } from "./loaders";
import type { RequestOrigin } from "./mutations/sessions";

export type ActionContext<I> = { actor: Actor; input: I; now: Temporal.Instant; origin: RequestOrigin };

/** A refusal that brings what helps to go on, where the mutation alone knows it: the visits that a change would strand. */
export type DetailedRefusal<R extends string, D> = Refusal<R> & { detail: D };

/** A refusal that says how long to wait. */
export type WaitingRefusal<R extends string> = Refusal<R> & { retryAfterSeconds: number };

type Step<S extends z.ZodType, R extends string, D> = {
  /** `capability.verb`, for the rate limit's key. */
  name: string;
  schema: S;
  /** The one field that is a file, for the schema to bound and the mutation to read; without it a form is text. */
  file?: string;
  /** How often one account, or else one address, may try; left out where the mutation has limits of its own. */
  limit?: Limit;
  /** Whom the limit of an address spares, since the mutation counts them by something of their own, whoever shares their address. */
  spares?: (input: z.output<S>) => Promise<boolean>;
  allow: (actor: Actor) => boolean;
  /** The one mutation. May redirect. */
  run: (
    context: ActionContext<z.output<S>>,
  ) => Promise<Result<unknown, R> | DetailedRefusal<R, D> | WaitingRefusal<R | "too_many_attempts">>;
  /** What helps to go on after a refusal of `run`, such as other times. */
  help?: (reason: R, context: ActionContext<z.output<S>>) => Promise<D | undefined>;
};

/**
 * Reasons of `run` for which somebody is refused what they wanted to be let into. Not yours is answered like not there: whoever tries is in
 * the trail for both.
 */
const SHUT: ReadonlySet<string> = new Set(["not_found", "link_invalid", "sign_in_again"]);

const SECRET_FIELD = /password|repeat|token|code/i;

/** Text fields, and the one file that the form says it has; other files and Next's own fields are left out. */
function readFields(form: FormData, file: string | undefined): Record<string, string | string[] | File> {
  const fields: Record<string, string | string[] | File> = {};
  for (const name of new Set(form.keys())) {
    if (name.startsWith("$")) continue;
    const values = form.getAll(name).filter((value) => typeof value === "string");
    fields[name] = name.endsWith("[]") ? values : (values[0] ?? "");
  }
  const sent = file === undefined ? null : form.get(file);
  if (file !== undefined && sent instanceof File) fields[file] = sent;
  return fields;
}

/** Counts for an account, else for an address; where no proxy tells addresses, for all who have no account together. */
function countRequest(
  name: string,
  actor: Actor,
  address: string | undefined,
  limit: Limit,
  now: Temporal.Instant,
): Promise<number | undefined> {
  if (actor.kind === "user") return countAttempt(name, actor.userId, limit, now);
  if (address !== undefined) return countAttempt(name, address, limit, now);
  return countAttempt(name, "everybody", { ...limit, max: limit.max * UNKNOWN_ADDRESSES }, now);
}

/**
 * Builds a form's server action: who asks → may they → valid input → how often → the mutation. Every outcome is a
 * {@link FormState}; breaches throw and reach the error page. Works with and without JavaScript.
 *
 * The input is checked before the limit is counted, so that somebody's typing mistakes never lock them out.
 */
export function formAction<S extends z.ZodType, R extends string, D = undefined>(step: Step<S, R, D>) {
  return async (_previous: FormState<R, D>, sent: FormData): Promise<FormState<R, D>> => {
    const requestHeaders = await headers();
    // What a form carries for React is in the browser's hands: without its state, the form itself arrives in the state's place.
    const fields = readFields(sent instanceof FormData ? sent : new FormData(), step.file);
    const values = Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) =>
        typeof value === "string" && !SECRET_FIELD.test(name) ? [[name, value]] : [],
      ),
    );
    const refused = (
      reason: R | PipelineRefusal,
      fault: { fields?: Record<string, string>; detail?: D; retryAfterSeconds?: number } = {},
    ) => ({ status: "refused", reason, fields: {}, values, ...fault }) as const;

    const now = systemNow();
    const address = clientAddress(requestHeaders);
    const noteRefusal = (by: Actor, door: string) =>
      recordRefusal({ actor: auditActor(by), door, address }, now);
    if (!isOwnOrigin(requestHeaders)) {
      // Another site's page sends it: nobody's deed who is signed in here.
      await noteRefusal({ kind: "anonymous" }, `${step.name}.foreign`);
      return refused("forbidden");
    }
    const actor = await loadActor();
    // Before anything of theirs is looked at: to whom an action is closed, it says nothing of what it would take.
    if (!step.allow(actor)) {
      await noteRefusal(actor, step.name);
      return refused("forbidden");
    }

    const parsed = step.schema.safeParse(fields);
    if (!parsed.success) {
      const faults: Record<string, string> = {};
      for (const issue of parsed.error.issues) faults[String(issue.path[0] ?? "")] ??= issue.message;
      return refused("invalid", { fields: faults });
    }
    if (step.limit && !(await step.spares?.(parsed.data))) {
      const retryAfterSeconds = await countRequest(step.name, actor, address, step.limit, now);
      if (retryAfterSeconds !== undefined) {
        await noteRefusal(actor, `${step.name}.too_many`);
        return refused("too_many_attempts", { retryAfterSeconds });
      }
    }

    const origin = { address, userAgent: requestHeaders.get("user-agent") ?? undefined };
    const context = { actor, input: parsed.data, now, origin };
    const result = await step.run(context);
    if (result.ok) return { status: "done" };
    if (SHUT.has(result.reason)) await noteRefusal(actor, step.name);
    if ("retryAfterSeconds" in result)
      return refused(result.reason, { retryAfterSeconds: result.retryAfterSeconds });
    const detail = "detail" in result ? result.detail : await step.help?.(result.reason, context);
    return refused(result.reason, detail === undefined ? {} : { detail });
  };
}
