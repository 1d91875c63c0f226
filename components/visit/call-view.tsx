"use client";

import { ExternalLink, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import { Button } from "@/components/ui/button";
import { callVisit } from "./call-api";
import type { Call } from "./use-call";

/**
 * The call itself: the video fills the screen on a phone, or its pane for staff; one bar below holds everything else.
 * The element is ours, described by the portal; nothing of the video server's HTML is used.
 *
 * @param cover fills the whole page, for patients
 */
export function CallView({
  call,
  appointmentId,
  token,
  title,
  cover,
  children,
}: {
  call: Call;
  appointmentId: string;
  token: string | undefined;
  title: string;
  cover: boolean;
  /** More for the bar, such as the practitioner's "End visit". */
  children?: ReactNode;
}) {
  const t = useTranslations("visit.call");
  if (call.state.name !== "in") return null;
  const { iframe } = call.state.answer;
  return (
    <section
      aria-label={title}
      className={
        cover
          ? "fixed inset-0 z-40 flex flex-col bg-canvas"
          : "flex min-h-[28rem] grow flex-col overflow-hidden rounded-md border border-line bg-canvas"
      }
    >
      <iframe
        ref={call.frame}
        key={iframe.src}
        src={iframe.src}
        title={iframe.title}
        allow={iframe.allow}
        allowFullScreen={iframe.allowFullscreen}
        referrerPolicy="no-referrer"
        className="min-h-0 w-full grow border-0"
      />
      <div className="flex items-center gap-2 border-t border-line bg-surface px-3 py-1.5 pb-[max(0.375rem,env(safe-area-inset-bottom))] landscape:max-h-14">
        <p className="min-w-0 grow truncate font-medium">{title}</p>
        <OwnTab call={call} appointmentId={appointmentId} token={token} />
        {children}
        <Button variant="secondary" onClick={call.leave}>
          <LogOut aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {t("leave")}
        </Button>
      </div>
    </section>
  );
}

/** Opens the call in a tab of its own, with a link of its own, and leaves it here: one person is in it once. */
function OwnTab({
  call,
  appointmentId,
  token,
}: {
  call: Call;
  appointmentId: string;
  token: string | undefined;
}) {
  const t = useTranslations("visit.call");
  const [blocked, setBlocked] = useState(false);
  async function open() {
    // Opened within the click, or the browser would hold it for an advertisement.
    const tab = window.open("about:blank", "_blank");
    if (!tab) return setBlocked(true);
    const answer = await callVisit("join", appointmentId, token);
    if (answer.kind !== "ok") return tab.close();
    tab.opener = null;
    tab.location.replace(answer.value.webUrl);
    call.leave();
  }
  return (
    <>
      <Button variant="quiet" onClick={open} aria-describedby={blocked ? "own-tab-blocked" : undefined}>
        <ExternalLink aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        <span className="max-sm:sr-only">{t("ownTab")}</span>
      </Button>
      {blocked ? (
        <span id="own-tab-blocked" role="status" className="text-sm text-wait">
          {t("ownTabBlocked")}
        </span>
      ) : null}
    </>
  );
}

/** What keeps somebody out of the call at the moment, what becomes of it, and the clinic's phone for when all else fails. */
export function CallTrouble({ call }: { call: Call }) {
  const t = useTranslations("visit.trouble");
  const { phone } = useClinic();
  const { state } = call;
  if (state.name !== "retrying" && state.name !== "refused") return null;
  const help = phone ? (
    <p>
      {t("phone")} <PhoneLink phone={phone} />
    </p>
  ) : null;
  return (
    <>
      <p>{t(state.reason)}</p>
      <p>{t(state.name === "retrying" ? "triesAgain" : "tryYourself")}</p>
      {help}
    </>
  );
}
