"use client";

import { useEffect, useState } from "react";
import { callVisit } from "../call-api";
import { type CheckState, findingsOf } from "./check-machine";

/** The visit that a check is for, and the personal link's token where its page was opened by one. */
export type CheckedVisit = { appointmentId: string; token: string | undefined };

/**
 * Tells the portal what a check found, as soon as it is all known, and again with each answer that changes it.
 *
 * @returns whether the clinic has heard it; nothing while there is nothing to tell
 */
export function useReport(state: CheckState, visit: CheckedVisit | undefined): "sent" | "failed" | undefined {
  const [report, setReport] = useState<"sent" | "failed">();
  const { appointmentId, token } = visit ?? {};
  const findings = findingsOf(state);
  const text = findings && JSON.stringify(findings);
  useEffect(() => {
    setReport(undefined);
    if (!appointmentId || !text) return;
    let isOld = false;
    void callVisit("check", appointmentId, token, JSON.parse(text)).then((answer) => {
      if (!isOld) setReport(answer.kind === "ok" ? "sent" : "failed");
    });
    return () => {
      isOld = true;
    };
  }, [appointmentId, token, text]);
  return report;
}
