import { describe, expect, it } from "vitest";
import { currentItem } from "./navigation";

const items = ["/agenda", "/admin", "/admin/practitioners"].map((href) => ({
  href,
  label: href,
  icon: null,
}));

describe("currentItem", () => {
  it.each([
    ["/agenda", "/agenda"],
    ["/agenda/2026-03-14", "/agenda"],
    ["/admin/practitioners/new", "/admin/practitioners"],
    ["/admin/visit-types", "/admin"],
    ["/administration", undefined],
    ["/", undefined],
  ])("at %s lights %s", (pathname, href) => {
    expect(currentItem(items, pathname)?.href).toBe(href);
  });
});
