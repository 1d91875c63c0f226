import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRoot, ROOT } from "@/lib/launcher/paths.mjs";
import { allFiles, readSources } from "./files";
import { breaches, SOURCE_RULES, type SourceRuleName } from "./source-rules";

const paths = allFiles(ROOT);

/** The same for what is no class name: see the rule of directions. */
const PHYSICAL_CSS =
  /^\s*(margin|padding|border)-(left|right)\b|^\s*(left|right)\s*:|text-align:\s*(left|right)/m;

describe("sources", () => {
  it("keep the rules", () => {
    expect(breaches(readSources(ROOT, paths))).toEqual([]);
  });

  it("name no physical direction in styles either", () => {
    const styles = paths.filter((path) => /^(app|components)\/.*\.css$/.test(path));
    expect(styles).not.toEqual([]);
    expect(styles.filter((path) => PHYSICAL_CSS.test(readFileSync(inRoot(path), "utf8")))).toEqual([]);
  });
});

describe("the check itself", () => {
  it.each<[SourceRuleName, string, string]>([
    ["environment", "lib/booking/data.ts", "process.env.PORT"],
    ["environment", "app/page.tsx", 'process["env"].PORT'],
    ["environment", "worker.ts", "const { env } = process"],
    ["environment", "proxy.ts", "globalThis.process?.env"],
    ["environment", "components/ui/card.tsx", 'import { env } from "node:process"'],
    ["environment", "lib/mail/transport.ts", "import.meta.env.MODE"],
    ["clock", "lib/availability/rules/slots.ts", "new Date(0)"],
    ["clock", "lib/auth/mutations.ts", "Date.now()"],
    ["clock", "lib/visits/mutations/join.ts", "const now = Date.now"],
    ["clock", "lib/audit/rules.ts", "Temporal.Now.instant()"],
    ["present", "lib/booking/mutations.ts", 'import { systemNow } from "@/lib/core/clock"'],
    ["directions", "components/ui/card.tsx", '<p className="ml-2" />'],
    ["directions", "components/ui/card.tsx", '<p className="flex -mr-[3px]" />'],
    ["directions", "components/ui/card.tsx", '<p className="md:text-left" />'],
    ["directions", "app/page.tsx", '<p className="absolute right-0" />'],
    ["directions", "app/page.tsx", '<p className="left-1/2" />'],
    ["directions", "components/ui/card.tsx", '<p className="rounded-l-md border-r" />'],
    ["directions", "components/ui/card.tsx", "clsx(`a pl-4`)"],
    ["directions", "components/ui/styles.ts", 'cva("pr-2")'],
    ["directions", "components/ui/card.tsx", "<p style={{ marginLeft: 4 }} />"],
    ["html", "components/ui/card.tsx", "<p dangerouslySetInnerHTML={{ __html: a }} />"],
    ["html", "components/ui/card.tsx", 'createElement("p", { dangerouslySetInnerHTML: a })'],
    ["passwords", "components/ui/field.tsx", "<input onPaste={refuse} />"],
    ["passwords", "components/ui/field.tsx", 'field.addEventListener("paste", refuse)'],
    ["passwords", "app/page.tsx", '<Input {...control} type="password" autoComplete="off" />'],
    ["passwords", "app/page.tsx", '<input type="password" />'],
    ["barrels", "lib/core/result.ts", 'export * from "./errors"'],
    ["barrels", "lib/core/result.ts", 'export * as errors from "./errors"'],
    ["barrels", "lib/core/result.ts", 'export type * from "./errors"'],
    ["request", "lib/booking/data.ts", 'import { cookies } from "next/headers"'],
    ["request", "lib/booking/data.ts", 'const { cookies } = await import("next/headers")'],
    ["connections", "lib/calendar/holidays.ts", "await fetch(address)"],
    ["connections", "lib/availability/actions.ts", "globalThis.fetch(address)"],
    ["connections", "lib/jobs/work.ts", 'import { request } from "node:https"'],
    ["connections", "app/api/live/route.ts", 'const { createTransport } = await import("nodemailer")'],
    ["certificates", "lib/mail/transport.ts", "connect({ rejectUnauthorized: false })"],
    ["certificates", "tests/support/portal.ts", 'connect({ "rejectUnauthorized": false })'],
    ["trust", "lib/launcher/start.mjs", "process.env.NODE_TLS_REJECT_UNAUTHORIZED = 0"],
    ["trust", "prisma/migrate.ts", 'const name = "NODE_TLS_REJECT_UNAUTHORIZED"'],
  ])("of %s finds in %s: %s", (rule, path, text) => {
    expect(breaches([{ path, text: `// é\n\n${text};` }])).toEqual([
      expect.stringContaining(`${path}:3: ${SOURCE_RULES[rule].says}`),
    ]);
  });

  it.each([
    ["lib/core/env.ts", "process.env.PORT"],
    ["lib/booking/data.ts", "process.pid; env().PORT"],
    ["lib/booking/data.ts", "// process.env, new Date()"],
    ["lib/time/instant.ts", "new Date(0)"],
    ["lib/booking/rules.test.ts", "new Date(0)"],
    ["lib/visits/loaders.ts", 'import { systemNow } from "@/lib/core/clock"'],
    ["components/ui/card.tsx", '<p className="ms-2 pe-4 text-start start-0 mb-2 rounded-lg">left-over</p>'],
    ["components/ui/card.tsx", "const left = 3; /* ml-2 */"],
    ["components/visit/call-api.ts", "await fetch(path)"],
    ["lib/trueconf/transport/http.ts", 'import { request } from "node:https"'],
    ["lib/events/stream.ts", 'import type { IncomingMessage } from "node:http"'],
    ["lib/auth/session-cookie.ts", 'import { cookies } from "next/headers"'],
  ])("leaves %s alone: %s", (path, text) => {
    expect(breaches([{ path, text }])).toEqual([]);
  });
});
