import { leaveHold } from "@/lib/booking/mutations/release";
import { presenceCall } from "../presence";

/** The page about a hold was left. A beacon: nobody reads the answer. */
export const POST = presenceCall(leaveHold);
