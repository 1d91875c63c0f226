import { describe, expect, it } from "vitest";
import { ROOT } from "@/lib/launcher/paths.mjs";
import { allFiles, readSources } from "./files";
import { MODELS } from "./models";
import { forgedScopes, unscopedReads } from "./scopes";

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
    [
      "what stands beside a scope in one parameter",
      "export const a = ({ scope, id }: { scope: PatientScope; id: string }) => db.patient.findFirst({ where: { id } });",
    ],
    [
      "what stands beside a scope in a parameter that is not taken apart",
      "export const a = (one: { scope: PatientScope; id: string }) => db.patient.findFirst({ where: { id: one.id } });",
    ],
    [
      "an id that has the scope's name",
      "export const a = (db: Db, id: PatientScope, one: string) => db.patient.findFirst({ where: { id: one } });",
    ],
    [
      "a scope that one helper takes and does not use",
      "export const a = (db: Db, scope: PatientScope, id: string) => b(db, scope, id);\nconst b = (db: Db, scope: PatientScope, id: string) => db.patient.findFirst({ where: { id } });",
    ],
    [
      "a scope or something else",
      "export const a = (db: Db, scope: PatientScope, id: string) => db.patient.findFirst({ where: { OR: [scope, { id }] } });",
    ],
    [
      "a scope or something else, said before",
      "export function a(db: Db, scope: PatientScope, id: string) { const where = { OR: [scope, { id }] }; return db.patient.findFirst({ where }); }",
    ],
    [
      "all that a scope has not",
      "export const a = (db: Db, scope: PatientScope) => db.patient.findMany({ where: { NOT: scope } });",
    ],
    [
      "a scope now and then",
      "export const a = (db: Db, scope: PatientScope, all: boolean) => db.patient.findMany({ where: all ? {} : scope });",
    ],
    [
      "a scope for what hangs on the row",
      "export const a = (db: Db, scope: AppointmentScope, id: string) => db.patient.findFirst({ where: { id }, include: { appointments: { where: scope } } });",
    ],
    [
      "a row that is nobody's, with one that is somebody's",
      "export const a = (db: Db) => db.slot.findMany({ include: { appointment: { include: { patient: true } } } });",
    ],
    [
      "a row that is nobody's, over another one",
      "export const a = (db: Db) => db.specialty.findMany({ select: { practitioners: { select: { appointments: { select: { id: true } } } } } });",
    ],
    [
      "a row that is nobody's, with what a constant says",
      "const WITH = { visitType: true, ...MORE } as const satisfies Prisma.SlotInclude;\nconst MORE = { patient: true } as const;\nexport const a = (db: Db) => db.slot.findFirst({ include: WITH });",
    ],
    [
      "a row that is nobody's, with what another file says",
      'import { WITH } from "./b";\nexport const a = (db: Db) => db.slot.findFirst({ include: WITH });',
    ],
    [
      "how many rows hang on one that is nobody's",
      "export const a = (db: Db) => db.practitioner.findMany({ select: { _count: { select: { appointments: true } } } });",
    ],
    [
      "a table under a name",
      "export function a(db: Db, id: string) { const t = db.patient; return t.findFirst({ where: { id } }); }",
    ],
    [
      "a table taken out of the client",
      "export function a({ patient }: Db, id: string) { return patient.findFirst({ where: { id } }); }",
    ],
    [
      "a table that is named when it runs",
      "export const a = (db: Db, model: string, id: string) => db[model].findFirst({ where: { id } });",
    ],
    [
      "one of two tables",
      "export const a = (db: Db, is: boolean) => (is ? db.patient : db.guest).findMany();",
    ],
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
    [
      "a scope that stands beside something else in one parameter",
      "export const a = ({ scope, id }: Given & { scope: PatientScope; id: string }) => db.patient.findFirst({ where: { AND: [scope, { id }] } });",
    ],
    [
      "a scope in a parameter that is not taken apart",
      "export const a = (one: { scope: PatientScope; id: string }) => db.patient.findFirst({ where: { ...one.scope, id: one.id } });",
    ],
    [
      "one scope or another",
      "export const a = (db: Db, one: PatientScope, two: PatientScope) => db.patient.findMany({ where: { OR: [{ AND: [one] }, two] } });",
    ],
    [
      "a scope on either way",
      "export const a = (db: Db, scope: PatientScope, all: boolean) => db.patient.findMany({ where: all ? scope : { AND: [scope, { userId: null }] } });",
    ],
    [
      "nothing, of what is nobody's and hangs on such a row",
      "export const a = (db: Db) => db.slot.findMany({ include: { visitType: true, patient: false } });",
    ],
    [
      "a scope, of what hangs on a row that is nobody's",
      "export const a = (db: Db, scope: AppointmentScope) => db.practitioner.findMany({ include: { appointments: { where: scope } } });",
    ],
    [
      "a scope, of a row that is nobody's and what hangs on it",
      "export const a = (db: Db, scope: AppointmentScope) => db.slot.findMany({ where: { appointment: scope }, include: { appointment: true } });",
    ],
    [
      "nothing, of a table that is nobody's, under a name",
      "export function a(db: Db) { const t = db.closure; return t.findMany(); }",
    ],
    ["nothing that is a row", "export const a = (rows: Row[]) => Map.groupBy(rows, ({ id }) => id);"],
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

  it.each([
    'export const a = (db: Db, id: string) => findVisit(db, practitionerScope({ kind: "system" }), id);',
    'const NOBODY = { kind: "system" } as const;\nexport const a = (db: Db, id: string) => findVisit(db, practitionerScope(NOBODY), id);',
    "export const a = (db: Db, userId: string) => findSessions(db, ownAccountScope({ userId }));",
  ])("finds a scope for somebody who is not there: %s", (text) => {
    expect(found(text, "lib/visits/loaders/a.ts")).toEqual([
      expect.stringContaining("makes a scope for somebody who does not ask"),
    ]);
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
