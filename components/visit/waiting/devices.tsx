"use client";

import { CircleAlert, CircleCheck, CircleDashed, Mic } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Spinner } from "@/components/ui/spinner";
import type { DeviceOutcome, VisitState } from "@/lib/visits/types/visit";
import { InAppNotice } from "../check/in-app-notice";
import type { CheckedVisit } from "../check/use-report";

/** Asked for by few, so it is loaded when it is. */
const ShortCheck = lazy(async () => ({ default: (await import("../check/short-check")).ShortCheck }));

const LOOKS = {
  ready: { icon: CircleCheck, colour: "text-live" },
  audio_only: { icon: Mic, colour: "text-wait" },
  not_ready: { icon: CircleAlert, colour: "text-harm" },
  none: { icon: CircleDashed, colour: "text-muted" },
} as const satisfies Record<DeviceOutcome | "none", unknown>;

/**
 * What the last check of camera and sound came to, and a short one here and now, before every join. It is offered, never asked for: whoever
 * has not checked is brought in all the same.
 *
 * @param isFirst there is nothing else to do on the page at the moment
 */
export function Devices({
  check,
  isFirst,
  visit,
  videoOrigin,
  checkPath,
}: {
  check: VisitState["deviceCheck"];
  isFirst: boolean;
  visit: CheckedVisit;
  videoOrigin: string;
  /** The page of the whole check. */
  checkPath: string;
}) {
  const t = useTranslations("waiting.devices");
  const [isOpen, setIsOpen] = useState(false);
  const outcome = check?.outcome ?? "none";
  const { icon: Icon, colour } = LOOKS[outcome];
  return (
    <section aria-labelledby="devices" className="flex flex-col gap-3 border-t border-line pt-4">
      <InAppNotice />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0" aria-live="polite">
          <h2 id="devices" className="font-semibold">
            {t("title")}
          </h2>
          <p className="flex items-start gap-1.5 text-sm">
            <Icon aria-hidden="true" className={`mt-[0.15em] size-[1.15em] shrink-0 ${colour}`} />
            <span>
              {t(outcome)}
              {check ? (
                <span className="text-muted"> · {t("checked", { time: check.checkedTime })}</span>
              ) : null}
            </span>
          </p>
        </div>
        <Button
          variant={isFirst && !check && !isOpen ? "primary" : "secondary"}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {t(isOpen ? "close" : check ? "again" : "check")}
        </Button>
      </div>
      {isOpen ? (
        <>
          <Suspense fallback={<Spinner />}>
            <ShortCheck trueconfOrigin={videoOrigin} visit={visit} />
          </Suspense>
          <p>
            <Link href={checkPath}>{t("full")}</Link>
          </p>
        </>
      ) : null}
    </section>
  );
}
