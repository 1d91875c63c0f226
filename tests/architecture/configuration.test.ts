import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ENV_NAMES } from "@/lib/core/env";
import { NAMESPACES } from "@/lib/i18n/messages";
import { inRoot, ROOT } from "@/lib/launcher/paths.mjs";
import { allFiles, isTest, readSources, type SourceFile } from "./files";
import { literalOf, nameOf, nodesOf, propertyOf } from "./syntax";

/** Set by the launcher for its children, never by a person. */
const INTERNAL = ["NODE_ENV", "PORTAL_MODE", "MAILBOX_URL"];

/** The names that an example of an environment explains with a line of their own. */
const documentedIn = (example: string): string[] =>
  example.split("\n").flatMap((line) => line.match(/^#? ?([A-Z][A-Z0-9_]+)=/)?.[1] ?? []);

describe(".env.example", () => {
  const example = readFileSync(inRoot(".env.example"), "utf8");

  it("documents every name that the portal reads, once, and no other", () => {
    const names = ENV_NAMES.filter((name) => !INTERNAL.includes(name));
    expect(documentedIn(example).toSorted()).toEqual(names.toSorted());
  });

  it("mentions those that are not for people", () => {
    expect(INTERNAL.filter((name) => !ENV_NAMES.includes(name) || !example.includes(name))).toEqual([]);
  });

  it("is read with and without values, and not in prose", () => {
    expect(documentedIn("A=\n# AB=1\n#ABC=\n# With AB=1 it …\n# AB\n")).toEqual(["AB", "ABC"]);
  });
});

/** The namespaces that some files ask for: by next-intl's functions, or by the name in a translator's options. */
const namespacesIn = (sources: readonly SourceFile[]): Set<string> =>
  new Set(
    sources.flatMap((source) =>
      [...nodesOf(source)].flatMap(({ node }) => {
        if (node.type === "KeyValueProperty" && propertyOf(node.key) === "namespace")
          return literalOf(node.value) ?? [];
        if (node.type !== "CallExpression") return [];
        if (!/^(use|get)Translations$/.test(nameOf(node.callee) ?? "")) return [];
        const [first] = node.arguments as { expression: unknown }[];
        return literalOf(first?.expression)?.split(".")[0] ?? [];
      }),
    ),
  );

describe("namespaces of messages", () => {
  it("are all asked for", () => {
    const asking = allFiles(ROOT).filter((path) => /^(app|components|lib)\//.test(path) && !isTest(path));
    const found = namespacesIn(readSources(ROOT, asking));
    expect(NAMESPACES.filter((namespace) => !found.has(namespace))).toEqual([]);
  });

  it("are seen in calls", () => {
    const text =
      'useTranslations("home.times"); getTranslations("visit"); make({ namespace: "mail" }); other("auth");';
    expect(namespacesIn([{ path: "a.ts", text }])).toEqual(new Set(["home", "visit", "mail"]));
  });
});
