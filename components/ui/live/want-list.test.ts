import { describe, expect, it } from "vitest";
import type { Want } from "./types";
import { WantList } from "./want-list";

const want = (key: string): Want => ({ key });
const keys = (wants: readonly Want[]) => wants.map(({ key }) => key);

describe("what one stream asks for", () => {
  it("asks once for what several tabs follow", () => {
    const list = new WantList();
    list.hear("b", [want("visit"), want("day")], true, 0);
    list.hear("c", [want("visit")], true, 0);
    expect(keys(list.union([want("visit")], 0)).sort()).toEqual(["day", "visit"]);
  });

  it("keeps a visit by link and the same visit by account apart", () => {
    const list = new WantList();
    list.hear("b", [{ key: "visit", token: "secret" }], true, 0);
    expect(list.union([want("visit")], 0)).toEqual([want("visit"), { key: "visit", token: "secret" }]);
  });

  it("forgets a tab that said good-bye and one that has died", () => {
    const list = new WantList();
    list.hear("b", [want("b")], true, 0);
    list.hear("c", [want("c")], true, 0);
    list.hear("b", [], false, 10);
    expect(keys(list.union([], 20))).toEqual(["c"]);
    expect(keys(list.union([], 200_000))).toEqual([]);
  });

  it("leaves out the tabs longest out of sight when there are too many, never its own", () => {
    const list = new WantList();
    for (let tab = 0; tab < 25; tab += 1) list.hear(`tab-${tab}`, [want(`k${tab}`)], true, 0);
    list.hear("tab-0", [want("k0")], false, 1);
    const first = keys(list.union([want("own")], 1));
    expect(first).toHaveLength(20);
    expect(first[0]).toBe("own");
    expect(first).toContain("k24");
    expect(first).not.toContain("k0");

    list.hear("tab-0", [want("k0")], true, 2);
    expect(keys(list.union([want("own")], 2))).toContain("k0");
  });
});
