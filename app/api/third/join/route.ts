import { loadLocale } from "@/lib/i18n/viewer";
import { joinAsThirdPerson } from "@/lib/visits/mutations/join-third";
import { deviceSchema } from "@/lib/visits/schema/device";
import { thirdCall } from "../call";

/** A third person's way in, minted at this click: see `JoinAnswer` and `JoinRefusal`. */
export const POST = thirdCall(
  "visits.joinThird",
  async (token, now, from, device) =>
    joinAsThirdPerson(token, await loadLocale(), now, { ...device, ...from }),
  deviceSchema,
);
