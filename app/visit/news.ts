import { type Query, single } from "../query";

/** What an address tells a visit's page to confirm, right after a form has led there. */
export function newsOf(query: Query): "booked" | "moved" | undefined {
  if (single(query.moved) === "1") return "moved";
  return single(query.booked) === "1" ? "booked" : undefined;
}
