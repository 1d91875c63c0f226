import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const CSS = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

type Mode = "light" | "dark";
const MODES: readonly Mode[] = ["light", "dark"];

/** `--color-x: light-dark(#light, #dark)`, for every opaque colour of the theme. */
const TOKENS = new Map<string, Record<Mode, string>>(
  [...CSS.matchAll(/--color-([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }],
  ),
);

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(front: string, ground: string, mode: Mode): number {
  const [a, b] = [front, ground].map((name) => {
    const token = TOKENS.get(name);
    if (!token) throw new Error(`no such colour: ${name}`);
    return luminance(token[mode]);
  });
  const [light, dark] = [Math.max(a!, b!), Math.min(a!, b!)];
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["canvas", "surface", "sunken", "raised"];
const SOFT = ["accent-soft", "live-soft", "wait-soft", "harm-soft"];
const MONOGRAMS = [0, 1, 2, 3, 4, 5, 6, 7];

/** Words on grounds, as the components put them together. */
const TEXT: readonly (readonly [string, string])[] = [
  ...["ink", "muted", "accent", "accent-strong", "live", "wait", "harm", "harm-strong"].flatMap((front) =>
    GROUNDS.map((ground) => [front, ground] as const),
  ),
  ...SOFT.map((ground) => ["ink", ground] as const),
  ...SOFT.map((ground) => [ground.replace("-soft", ""), ground] as const),
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-harm", "harm"],
  ["on-harm", "harm-strong"],
  ...MONOGRAMS.map((hue) => [`mono-${hue}`, `mono-${hue}-soft`] as const),
];

/** Edges of controls, filled controls and the focus ring, against what surrounds them (WCAG 1.4.11). */
const CONTROLS: readonly (readonly [string, string])[] = [
  ...["control", "accent", "harm", "wait", "live"].flatMap((edge) =>
    GROUNDS.map((ground) => [edge, ground] as const),
  ),
];

describe.each(MODES)("the colours in %s mode", (mode) => {
  it.each(TEXT)("set %s on %s with at least 4.5:1", (front, ground) => {
    expect(contrast(front, ground, mode)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(CONTROLS)("draw %s on %s with at least 3:1", (front, ground) => {
    expect(contrast(front, ground, mode)).toBeGreaterThanOrEqual(3);
  });
});

describe("the theme", () => {
  it("has no colour outside of light-dark(), so that none is forgotten in one mode", () => {
    const declared = [...CSS.matchAll(/--color-([a-z0-9-]+):\s*([^;]+);/g)].filter(
      ([, , value = ""]) => !/^(initial|transparent|currentColor)$/.test(value),
    );
    expect(declared.filter(([, , value = ""]) => !value.startsWith("light-dark("))).toEqual([]);
    expect(declared.length).toBeGreaterThan(30);
  });
});
