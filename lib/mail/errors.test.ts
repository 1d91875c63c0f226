import { describe, expect, it } from "vitest";
import { classifyFailure } from "./errors";

describe("classifyFailure", () => {
  it.each([
    [{ code: "EENVELOPE", command: "RCPT TO", responseCode: 550 }, "bad_recipient", "never"],
    [{ code: "EENVELOPE", command: "API" }, "bad_recipient", "never"],
    [{ code: "EENVELOPE", command: "MAIL FROM", responseCode: 553 }, "refused", "never"],
    [{ code: "EMESSAGE", command: "DATA", responseCode: 554 }, "refused", "never"],
    [{ code: "EENVELOPE", command: "RCPT TO", responseCode: 450 }, "busy", "safe"],
    [{ code: "EMESSAGE", command: "DATA", responseCode: 451 }, "busy", "safe"],
    [{ code: "EAUTH", command: "AUTH PLAIN", responseCode: 535 }, "unauthorized", "safe"],
    [{ code: "ETLS", command: "STARTTLS" }, "insecure", "safe"],
    [{ code: "ESOCKET", command: "CONN", syscall: "connect" }, "unreachable", "safe"],
    [{ code: "EDNS", command: "CONN" }, "unreachable", "safe"],
    [{ code: "ECONNECTION", command: "CONN" }, "interrupted", "safe"],
    [{ code: "ETIMEDOUT", command: "CONN" }, "interrupted", "safe"],
    [new Error("Reached maximum number of retries"), "interrupted", "safe"],
    ["a string", "interrupted", "safe"],
    [null, "interrupted", "safe"],
  ])("%j is %s, retry %s", (error, kind, retry) => {
    expect(classifyFailure(error)).toEqual({ kind, retry });
  });
});
