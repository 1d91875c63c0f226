import { returnToHold } from "@/lib/booking/mutations/release";
import { presenceCall } from "../presence";

/** The page about a hold is seen, for the first time or again. */
export const POST = presenceCall(returnToHold);
