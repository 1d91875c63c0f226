"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import { Button } from "@/components/ui/button";
import type { Call } from "../use-call";
import type { FrameTrouble } from "./frame-trouble";
import { OwnTab } from "./own-tab";

/** Says beside a video that seems to be blocked what may be the reason, and offers the tab of its own at once. */
export function FrameNotice({ trouble, call }: { trouble: FrameTrouble | undefined; call: Call }) {
  const t = useTranslations("visit.ways");
  const { phone } = useClinic();
  const [hidden, setHidden] = useState<FrameTrouble>();
  if (!trouble || trouble === hidden) return null;
  return (
    <div role="status" className="flex flex-col gap-2 border-t border-line bg-wait-soft px-3 py-2">
      <p className="measure">
        <strong className="font-semibold">{t("blocked")}</strong> {t(`trouble.${trouble}`)}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <OwnTab call={call} look="first" />
        <Button onClick={call.again}>{t("again")}</Button>
        <Button variant="quiet" onClick={() => setHidden(trouble)}>
          {t("fine")}
        </Button>
        {phone ? (
          <span>
            {t("phone")} <PhoneLink phone={phone} />
          </span>
        ) : null}
      </div>
    </div>
  );
}
