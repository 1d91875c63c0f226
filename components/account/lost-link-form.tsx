"use client";

import { useTranslations } from "next-intl";
import { requestVisitListAction } from "@/lib/booking/actions/lost-link";
import { AddressRequest } from "./address-request";

/** Asks for the address with which somebody booked. */
export function LostLinkForm() {
  const t = useTranslations("change.lostLink");
  return (
    <AddressRequest
      id="lost-link"
      action={requestVisitListAction}
      words={{
        email: t("email"),
        submit: t("submit"),
        sentTitle: t("sentTitle"),
        sentBody: t("sentBody"),
        notYet: t("nothingYet"),
      }}
    />
  );
}
