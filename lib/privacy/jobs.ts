import { systemNow } from "@/lib/core/clock";
import type { Handler } from "@/lib/jobs/work";
import { carryOutErasure as carryOut } from "./mutations/erasure";
import { sweepErasures } from "./mutations/erasure-sweep";
import { endExports, makeExport } from "./mutations/export";

/** Gathers everything about whoever asked for it. */
export const makeRequestedExport: Handler<"export.requested"> = ({ exportId }) =>
  makeExport(exportId, systemNow());

/** Erases somebody, as an administrator has decided. */
export const carryOutErasure: Handler<"erasure.approved"> = ({ erasureId }) =>
  carryOut(erasureId, systemNow());

/** Removes what nobody has fetched in time, and goes on with erasures. */
export const sweepPrivacy: Handler<"privacy.sweep"> = async () => {
  await endExports(systemNow());
  await sweepErasures(systemNow());
};
