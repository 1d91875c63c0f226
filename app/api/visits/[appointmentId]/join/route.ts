import { joinVisit } from "@/lib/visits/mutations/join";
import { deviceSchema } from "@/lib/visits/schema/device";
import { visitCall } from "../call";

/** The way in, minted at this click: see `JoinAnswer` and `JoinRefusal`. */
export const POST = visitCall("visits.join", joinVisit, deviceSchema);
