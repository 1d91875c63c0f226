import { describe, expect, it } from "vitest";
import { ROOT } from "@/lib/launcher/paths.mjs";
import { allFiles, readSources } from "./files";
import { forgedScopes, MODELS, unscopedReads } from "./scopes";

const sources = readSources(ROOT, allFiles(ROOT));

describe("reads of personal rows", () => {
  it("are narrowed by a scope, or called unsafe with the reason", () => {
    expect(MODELS).toContain("visitNote");
    expect(unscopedReads(sources)).toEqual([]);
  });

  it("have scopes that only lib/access has made", () => {
    expect(forgedScopes(sources)).toEqual([]);
  });
});

const found = (text: string, path = "lib/booking/data/a.ts") => unscopedReads([{ path, text }]);
const UNSCOPED = "reads personal rows without a scope";

describe("the check of scopes", () => {
  it.each([
    ["an id", "export const a = (db: Db, id: string) => db.appointment.findFirst({ where: { id } });"],
    ["nothing", "export const a = (db: Db) => db.visitNote.findMany();"],
    ["a count", "export const a = (db: Db, userId: string) => db.session.count({ where: { userId } });"],
    [
      "a scope that is not used",
      "export function a(db: Db, scope: PatientScope, id: string) { return db.patient.findFirst({ where: { id } }); }",
    ],
    [
      "a second read beside a narrow one",
      "export async function a(db: Db, scope: PatientScope, id: string) { await db.patient.count({ where: scope }); return db.guest.findMany({ where: { id } }); }",
    ],
    [
      "a helper that narrows nothing",
      "export const a = (db: Db, id: string) => b(db, id);\nconst b = (db: Db, id: string) => db.message.findMany({ where: { id } });",
    ],
    ["SQL", 'export const a = (db: Db) => db.$queryRaw`SELECT 1 FROM "visit_note"`;'],
    ["an actor, who is no filter", "export const a = (db: Db, actor: Actor) => db.user.findMany(actor);"],
  ])("finds a read by %s", (_what, text) => {
    expect(found(text)).toEqual([expect.stringContaining(UNSCOPED)]);
  });

  it.each([
    [
      "a scope",
      "export const a = (db: Db, scope: AppointmentScope, id: string) => db.appointment.findFirst({ where: { AND: [scope, { id }] } });",
    ],
    [
      "a scope made of an actor",
      "export const a = (db: Db, actor: Actor) => db.patient.findMany({ where: ownPatientScope(actor) });",
    ],
    [
      "what was made of a scope, and found with one",
      "export async function a(db: Db, scope: AppointmentScope) { const where = { AND: [scope] }; const row = await db.appointment.findFirst({ where }); return db.guest.findMany({ where: { id: row.id } }); }",
    ],
    [
      "a helper that is given one",
      "export const a = (db: Db, scope: PatientScope) => b(db, scope);\nconst b = (db: Db, where: object) => db.patient.findMany({ where });",
    ],
    [
      "a helper that makes one",
      "export const a = (db: Db, token: string) => b(db, token);\nconst b = (db: Db, token: string) => db.accessLink.findFirst({ where: linkScope(token) });",
    ],
    [
      "a name and a reason",
      "/** Everybody. Unscoped, for the job that counts. */\nexport const unsafeA = (db: Db) => db.patient.count();",
    ],
    ["nothing, of what is nobody's", "export const a = (db: Db) => db.closure.findMany();"],
  ])("lets a read by %s pass", (_what, text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    "export const unsafeA = (db: Db) => db.patient.count();",
    "/** Everybody. */\nexport const unsafeA = (db: Db) => db.patient.count();",
    "/** Unscoped, since… */\nconst one = 1;\nexport const unsafeA = (db: Db) => db.patient.count();",
  ])("wants a reason: %s", (text) => {
    expect(found(text)).toEqual([expect.stringContaining("does not say why")]);
  });

  it("leaves what is no data of a capability to others", () => {
    const text = "export const a = (db: Db) => db.patient.findMany();";
    for (const path of ["lib/booking/mutations/a.ts", "lib/booking/data/a.test.ts", "lib/jobs/data.ts"])
      expect(found(text, path)).toEqual([]);
  });

  it.each([
    "const scope = { id } as AppointmentScope;",
    "const scope = { id } as unknown as PatientScope;",
    "const scope = <LinkScope>{ id };",
  ])("finds a scope that was not made where they are made: %s", (text) => {
    expect(forgedScopes([{ path: "lib/records/loaders.ts", text }])).toHaveLength(1);
    expect(forgedScopes([{ path: "lib/access/rules.ts", text }])).toEqual([]);
  });
});
