"use client";

import { useTranslations } from "next-intl";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import { Notice } from "@/components/ui/notice";

/** Before anybody books: what a video visit is not for, and whom to call with everything that cannot wait. */
export function EmergencyNotice() {
  const t = useTranslations("booking.emergency");
  const { phone } = useClinic();
  return (
    <Notice tone="wait" title={t("title")}>
      <p>{t("body")}</p>
      {phone ? <p>{t.rich("phone", { phone: () => <PhoneLink phone={phone} /> })}</p> : null}
    </Notice>
  );
}
