"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useFormStatus } from "react-dom";
import type { FreeTimeDto, OpenDayDto } from "@/lib/booking/types/times";
import { useFreeCount, useFreeMinutes } from "./live-times";

/** Says which times of the page were taken or came back, once there is a pause in the reading. Nothing is to be seen. */
export function TimesNews({ times }: { times: readonly Pick<FreeTimeDto, "minute" | "time">[] }) {
  const t = useTranslations("home.times.news");
  const { pending } = useFormStatus();
  const free = useFreeMinutes();
  const known = useRef(free);
  const [words, setWords] = useState("");

  useEffect(() => {
    const before = known.current;
    known.current = free;
    // What changes while a time is being claimed here is, most of all, that one.
    if (!free || free === before || pending) return;
    const wasFree = (minute: number) => before === null || before.has(minute);
    const gone = times.filter(({ minute }) => wasFree(minute) && !free.has(minute));
    const back = times.filter(({ minute }) => !wasFree(minute) && free.has(minute));
    const say = (key: "gone" | "back", some: typeof times) =>
      some[0] ? [t(key, { count: some.length, time: some[0].time })] : [];
    const news = [...say("gone", gone), ...say("back", back)];
    if (news.length > 0) setWords(news.join(" "));
  }, [free, pending, times, t]);

  return (
    <p role="status" className="sr-only">
      {words}
    </p>
  );
}

/** How many times a day has by now. Where some came free that the page does not show, a press shows them. */
export function DayCount({ day }: { day: OpenDayDto }) {
  const t = useTranslations("home.times");
  const router = useRouter();
  const count = useFreeCount(day, day.freeTimes);
  const free = useFreeMinutes();
  const shown = new Set(day.parts.flatMap(({ times }) => times.map(({ minute }) => minute)));
  const unseen = [...(free ?? [])].filter(
    (minute) => day.fromMinute <= minute && minute < day.toMinute && !shown.has(minute),
  ).length;
  return (
    <p className="flex min-h-6 flex-wrap gap-x-3 text-muted">
      {t("freeTimes", { count })}
      {unseen > 0 ? (
        <button
          type="button"
          onClick={() => router.refresh()}
          className="text-accent underline underline-offset-4"
        >
          {t("showNew", { count: unseen })}
        </button>
      ) : null}
    </p>
  );
}
