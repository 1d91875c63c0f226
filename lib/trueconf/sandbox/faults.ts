import { z } from "zod";

const isPattern = (source: string): boolean => {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
};

const common = {
  match: z
    .strictObject({
      method: z.enum(["GET", "POST", "PUT", "DELETE"]).optional(),
      /** Part of the path, query left out. */
      path: z.string().min(1).optional(),
      /** A regular expression's source, tried on the path. */
      pattern: z.string().min(1).refine(isPattern, "is no regular expression").optional(),
    })
    .default({}),
  /** How often it strikes; without it, until it is taken away. */
  times: z.int().min(1).optional(),
};

/** What can go wrong between a client and a server, to order. */
export const faultSchema = z.discriminatedUnion("kind", [
  /** The answer comes, late. */
  z.strictObject({ kind: z.literal("latency"), ms: z.int().min(1).max(600_000), ...common }),
  /** A proxy's page in the place of an answer; nothing is done. */
  z.strictObject({ kind: z.literal("html500"), ...common }),
  /** The connection breaks before anything is done. */
  z.strictObject({ kind: z.literal("reset"), ...common }),
  /** Nothing is done and no answer ever comes. */
  z.strictObject({ kind: z.literal("hang"), ...common }),
  /** It is done, and the answer breaks off in the middle of its JSON. */
  z.strictObject({ kind: z.literal("malformed"), ...common }),
  /** Guest links point at somebody else's server. */
  z.strictObject({ kind: z.literal("foreignWebUrl"), ...common }),
  /** It is done, and the connection breaks before the answer. */
  z.strictObject({ kind: z.literal("loseAnswer"), ...common }),
]);
export type FaultOrder = z.output<typeof faultSchema>;
export type Fault = FaultOrder & { id: number };

/** The faults in effect, in the order they were set. */
export class Faults {
  private active: Fault[] = [];
  private nextId = 1;

  add(order: FaultOrder): Fault {
    const fault = { ...order, id: this.nextId++ };
    this.active.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.active;
  }

  /** @returns whether there was one of that id */
  remove(id: number): boolean {
    const before = this.active.length;
    this.active = this.active.filter((fault) => fault.id !== id);
    return this.active.length < before;
  }

  clear(): void {
    this.active = [];
  }

  /** Those that strike this request, each counted once: every latency, then the first fault of another kind. */
  strike(method: string, path: string): Fault[] {
    const hits = this.active.filter((fault) => matches(fault, method, path));
    const first = hits.find((fault) => fault.kind !== "latency");
    const striking = [...hits.filter(({ kind }) => kind === "latency"), ...(first ? [first] : [])];
    for (const fault of striking) this.count(fault);
    return striking;
  }

  private count(fault: Fault): void {
    if (fault.times === undefined) return;
    fault.times -= 1;
    if (fault.times === 0) this.remove(fault.id);
  }
}

function matches({ match, kind }: Fault, method: string, path: string): boolean {
  if (kind === "foreignWebUrl" && !path.endsWith("/software/clients")) return false;
  if (match.method && match.method !== method) return false;
  if (match.path && !path.includes(match.path)) return false;
  return !match.pattern || new RegExp(match.pattern).test(path);
}
