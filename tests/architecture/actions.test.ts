import { describe, expect, it } from "vitest";
import { inRoot } from "@/lib/launcher/paths.mjs";
import { ACTIONS } from "@/tests/e2e/strangers/doors";
import { PROVED_ACTIONS } from "@/tests/support/proved-actions";
import { allFiles, readSources, type SourceFile } from "./files";
import { isNode, type Node, nameOf, nodesOf, propertyOf } from "./syntax";

/*
 * What stands before each server action, and before each call of a machine that changes something: how often it may be called, and whether whoever calls it has to show once more that it is they.
 */

/** Those of the accounts, the users and the exports that ask for no proof, and why they need not. */
const UNPROVED: Readonly<Record<string, string>> = {
  // Of one's own account.
  changeEmailAction: "ends what requestEmailChangeAction has begun, by a link to the new address",
  setSecondStepAction: "ends what a proof has begun: only that hands this browser the secret",
  correctProfileAction:
    "opens no door: nobody signs in by a name or a telephone number, and the trail tells of it",
  hideCodesAction: "takes codes off the screen",
  endSessionAction: "takes access away, and gives none: quick, when a phone is lost",
  endOtherSessionsAction: "takes access away, and gives none: quick, when a phone is lost",
  proveByMailAction: "is how a proof is given",
  beginProofAction: "is how a proof is given",
  finishProofAction: "is how a proof is given",
  // Before anybody is signed in.
  signInAction: "is a sign-in",
  signInCodeAction: "is a sign-in",
  signInWithLinkAction: "is a sign-in",
  beginProviderAction: "is a sign-in",
  finishProviderAction: "is a sign-in",
  acceptInvitationAction: "is a sign-in, by a link that works once",
  resetPasswordAction: "is a sign-in, by a link that works once",
  createFirstAdministratorAction: "is a sign-in, by a link that works once",
  requestSignInLinkAction: "sends a link to the owner of the address",
  registerAction: "sends a link to the owner of the address",
  signOutAction: "takes access away, and gives none",
  // Of the clinic's users.
  resendUserInvitationAction: "sends a link to the owner of the address, to an account that a proof has made",
  endSessionsOfUserAction: "takes access away, and gives none",
  findAccountAction: "changes nothing",
  findInTrailAction: "changes nothing, and is in the trail",
  // Of erasures.
  withdrawErasureAction: "leaves everything as it is",
  refuseErasureAction: "leaves everything as it is, and the patient can ask again",
  requestErasureAtDeskAction: "leaves everything as it is: what follows is decided by a proof",
};

/** Where the accounts, the users and the exports are. */
const ACCOUNTS =
  /^lib\/(auth\/actions\/|admin\/actions\/users|privacy\/actions|retention\/actions|trail\/actions)/;

/** Those without a limit of the pipeline's. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  holdSlotAction: "counts in the mutation, for each visitor and address, and for each patient",
  openRecordAction: "counts in the mutation, for each practitioner",
  sendMessageAction: "counts in the mutation, for each visit",
  signOutAction: "writes nothing but the end of one's own session, which it has once",
  chooseLocaleAction: "writes nothing but a cookie of this browser, and reads no row",
  chooseThemeAction: "writes nothing but a cookie of this browser, and reads no row",
  chooseTimeZoneAction: "writes nothing but a cookie of this browser, and reads no row",
};

/** Calls without a limit. */
const UNLIMITED: Readonly<Record<string, string>> = {
  "app/api/auth/[...nextauth]/route.ts":
    "next-auth's own door: a sign-in there is counted where every sign-in is",
  "app/api/live/here/route.ts": "notes that a stream is alive, which counting would cost as much as",
};

type Action = { name: string; path: string; limited: boolean; proved: boolean };

function* within(root: Node): Generator<Node> {
  const waiting: Node[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    for (const value of Object.values(next)) if (isNode(value)) waiting.push(value);
  }
}

const callsOf = (root: Node, names: readonly string[]): Node[] =>
  [...within(root)].filter(
    (node) => node.type === "CallExpression" && names.includes(nameOf(node.callee) ?? ""),
  );

/** Whether a call of `formAction` says how often. */
function hasLimit({ arguments: given }: Node): boolean {
  const [first] = given as { expression: Node }[];
  const properties = (first?.expression.properties ?? []) as Node[];
  return properties.some((property) => (propertyOf(property.key) ?? nameOf(property)) === "limit");
}

/** What a file declares: by name, a function's or a variable's own tree. */
const declarationsOf = (file: SourceFile): { name: string; body: Node }[] =>
  [...nodesOf(file)].flatMap(({ node }) => {
    const [id, body] =
      node.type === "FunctionDeclaration"
        ? [node.identifier, node.body]
        : node.type === "VariableDeclarator"
          ? [node.id, node.init]
          : [];
    const name = nameOf(id);
    return name !== undefined && isNode(body) ? [{ name, body }] : [];
  });

function actionsOf(file: SourceFile): Action[] {
  const declared = declarationsOf(file);
  const isAction = ({ name }: { name: string }) => name.endsWith("Action");
  // Functions of a file that ask for a proof, so that whoever calls them has asked for one.
  const asking = declared.filter((one) => !isAction(one) && callsOf(one.body, ["proveOwner"]).length > 0);
  const proving = ["proveOwner", ...asking.map(({ name }) => name)];
  return declared.filter(isAction).map(({ name, body }) => {
    const steps = callsOf(body, ["formAction"]);
    return {
      name,
      path: file.path,
      limited: steps.length > 0 && steps.every(hasLimit),
      proved: callsOf(body, proving).length > 0,
    };
  });
}

const root = inRoot("");
const files = readSources(root, allFiles(root)).filter(
  ({ path, text }) => path.startsWith("lib/") && text.startsWith('"use server";'),
);
const actions = files.flatMap(actionsOf);
const namesOf = (some: readonly Action[]) => some.map(({ name }) => name).toSorted();

describe("server actions", () => {
  it("are those of the table of doors, which is compared with the build", () => {
    expect(namesOf(actions)).toEqual(Object.keys(ACTIONS).toSorted());
  });

  it("may each be called so often, or count elsewhere", () => {
    expect(namesOf(actions.filter(({ limited }) => !limited))).toEqual(Object.keys(ELSEWHERE).toSorted());
  });

  it("ask for a proof of oneself where they must, and nowhere else without a reason", () => {
    const accounts = actions.filter(({ path }) => ACCOUNTS.test(path));
    expect(namesOf(actions.filter(({ proved }) => proved))).toEqual(PROVED_ACTIONS.toSorted());
    expect(namesOf(accounts.filter(({ proved }) => !proved))).toEqual(
      namesOf(accounts.filter(({ name }) => name in UNPROVED)),
    );
  });

  it("have no reason for one that is not there", () => {
    const known = new Set(actions.map(({ name }) => name));
    expect(
      [...PROVED_ACTIONS, ...Object.keys(UNPROVED), ...Object.keys(ELSEWHERE)].filter(
        (name) => !known.has(name),
      ),
    ).toEqual([]);
  });
});

describe("calls of machines", () => {
  /** What builds handlers that count, each in a file beside its routes. */
  const builders = ["visitCall", "conversationCall", "thirdCall", "presenceCall"];
  const app = readSources(root, allFiles(root)).filter(({ path }) => path.startsWith("app/api/"));
  const counts = (file: SourceFile) =>
    [...nodesOf(file)].some(
      ({ node }) =>
        node.type === "CallExpression" && ["countAttempt", ...builders].includes(nameOf(node.callee) ?? ""),
    );

  it("may each be made so often, or have a reason", () => {
    const changing = app.filter(
      ({ path, text }) => path.endsWith("/route.ts") && /export .*\b(POST|PUT|PATCH|DELETE)\b/.test(text),
    );
    expect(changing.length).toBeGreaterThan(15);
    const unlimited = changing.filter((file) => !counts(file)).map(({ path }) => path);
    expect(unlimited.toSorted()).toEqual(Object.keys(UNLIMITED).toSorted());
  });

  it("are counted by what builds their handlers", () => {
    const building = app.filter((file) => declarationsOf(file).some(({ name }) => builders.includes(name)));
    expect(building).toHaveLength(builders.length);
    for (const file of building) expect(file.text).toContain("await countAttempt(");
  });
});
