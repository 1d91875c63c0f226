"use client";

import { useTranslations } from "next-intl";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import { Details } from "@/components/ui/details";
import type { Call } from "../use-call";
import { InApp } from "./in-app";
import { OwnTab } from "./own-tab";

/** The ways into a visit in progress beside this page: a tab of its own, TrueConf's app, and the telephone. */
export function WaysIn({ call, appLinks }: { call: Call; appLinks: boolean }) {
  const t = useTranslations("visit.ways");
  const { phone } = useClinic();
  return (
    <Details summary={t("title")}>
      <div className="flex flex-col items-start gap-4 py-2">
        <p className="measure">{t("explain")}</p>
        <OwnTab call={call} look="plain" />
        {appLinks ? <InApp call={call} /> : null}
        {phone ? (
          <p>
            {t("phone")} <PhoneLink phone={phone} />
          </p>
        ) : null}
      </div>
    </Details>
  );
}
