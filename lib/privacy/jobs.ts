import { systemNow } from "@/lib/core/clock";
import type { Handler } from "@/lib/jobs/work";
import { endExports, makeExport } from "./mutations/export";

/** Gathers everything about whoever asked for it. */
export const makeRequestedExport: Handler<"export.requested"> = ({ exportId }) =>
  makeExport(exportId, systemNow());

/** Removes what nobody has fetched in time. */
export const sweepPrivacy: Handler<"privacy.sweep"> = () => endExports(systemNow());
