"use client";

import { clsx } from "clsx";
import { LogOut, Video } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef } from "react";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import { Button } from "@/components/ui/button";
import { useCallPanels } from "./beside/call-panels";
import { useAlone } from "./beside/use-alone";
import { RecordingBanner } from "./recording/recording-banner";
import type { Call } from "./use-call";
import { FrameNotice } from "./ways/frame-notice";
import type { Inside } from "./ways/frame-trouble";
import { OwnTab } from "./ways/own-tab";
import { useFrameProbe } from "./ways/use-frame-probe";

const NOT_TOLD: Inside = { isIn: false, isAnybodyIn: false };

/**
 * The call itself: the video fills the screen on a phone, or its pane for staff; one bar below holds everything else.
 * The element is ours, described by the portal; nothing of the video server's HTML is used.
 *
 * @param inside whom TrueConf shows in the conference, where this page is told
 * @param cover fills the whole page, for patients
 */
export function CallView({
  call,
  title,
  inside = NOT_TOLD,
  recorded,
  cover,
  hasPanel = false,
  children,
}: {
  call: Call;
  title: string;
  inside?: Inside;
  /** It is being recorded. */
  recorded: boolean;
  cover: boolean;
  /** Something of the page stands over it, and the video makes room. */
  hasPanel?: boolean;
  /** More for the bar, such as the practitioner's "End visit". */
  children?: ReactNode;
}) {
  const t = useTranslations("visit.call");
  const iframe = call.state.name === "in" ? call.state.answer.iframe : undefined;
  const { trouble, noteLoaded } = useFrameProbe(iframe?.src, inside);
  const box = useRef<HTMLElement>(null);
  useAlone(box, cover && iframe !== undefined, useCallPanels().open);
  if (!iframe) return null;
  return (
    <section
      ref={box}
      tabIndex={cover ? -1 : undefined}
      aria-label={title}
      className={
        cover
          ? "fixed inset-0 z-40 flex flex-col bg-canvas outline-none"
          : "flex min-h-[28rem] grow flex-col overflow-hidden rounded-md border border-line bg-canvas"
      }
    >
      <RecordingBanner isOn={recorded} />
      <iframe
        ref={call.frame}
        key={iframe.src}
        src={iframe.src}
        title={iframe.title}
        allow={iframe.allow}
        allowFullScreen={iframe.allowFullscreen}
        referrerPolicy="no-referrer"
        onLoad={noteLoaded}
        // Classes alone: a frame that is made anew is another call.
        className={clsx(
          "min-h-0 border-0",
          hasPanel ? "w-full max-sm:h-[35dvh] sm:w-[calc(100%-24rem)] sm:grow" : "w-full grow",
        )}
      />
      <FrameNotice trouble={trouble} call={call} />
      <div className="mt-auto flex items-center gap-2 border-t border-line bg-surface px-3 py-1.5 pb-[max(0.375rem,env(safe-area-inset-bottom))] landscape:max-h-14">
        <p className="flex min-w-0 grow items-center gap-2 font-medium">
          <Video aria-hidden="true" className="size-4 shrink-0 text-live" />
          <span className="truncate">{title}</span>
        </p>
        <OwnTab call={call} look="bar" />
        {children}
        <Button variant="secondary" className="max-sm:px-3" onClick={call.leave}>
          <LogOut aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {t("leave")}
        </Button>
      </div>
    </section>
  );
}

/** What keeps somebody out of the call at the moment, what becomes of it, and the clinic's phone for when all else fails. */
export function CallTrouble({ call }: { call: Call }) {
  const t = useTranslations("visit.trouble");
  const { phone } = useClinic();
  const { state } = call;
  if (state.name !== "retrying" && state.name !== "refused") return null;
  // What a practitioner's account can do instead stands beside it, see `AccountCall`.
  if (state.reason === "no_browser_link") return null;
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
