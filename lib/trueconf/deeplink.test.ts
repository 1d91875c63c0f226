import { describe, expect, it } from "vitest";
import { acceptDeeplinks } from "./deeplink";

const desktop = "trueconf:\\c\\abc&h=203.0.113.5&force=1&templogin=1&login=*guest*x&password=$2a*1*b";
const android = `intent:\\c\\abc&force=1#Intent;scheme=trueconf;package=com.trueconf.videochat;end`;

describe("links to TrueConf's own app", () => {
  it("are taken as the contract shows them", () => {
    expect(acceptDeeplinks({ default: desktop, android })).toEqual({ default: desktop, android });
    expect(acceptDeeplinks(undefined)).toEqual({});
  });

  it.each([
    ["javascript:alert(1)//trueconf:"],
    ["https://elsewhere.invalid/trueconf:"],
    ["trueconf:a b"],
    ["trueconf:a\nb"],
    ["trueconf:"],
  ])("%j is left out", (link) => {
    expect(acceptDeeplinks({ default: link })).toEqual({});
  });

  it.each([
    ["another app", android.replace("com.trueconf.videochat", "org.example.app")],
    ["another scheme", android.replace("scheme=trueconf", "scheme=https")],
    ["no end", android.replace(";end", "")],
    ["no intent", android.replace("intent:", "https:")],
  ])("an intent for %s is left out", (_what, link) => {
    expect(acceptDeeplinks({ android: link })).toEqual({});
  });
});
