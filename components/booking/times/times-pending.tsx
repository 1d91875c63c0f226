"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { useOpening } from "../calendar/opening";

/** The columns in which times stand, whatever room there is. */
export const TIMES_GRID = "grid grid-cols-[repeat(auto-fill,minmax(5.25rem,1fr))] gap-2";

/** The place of the times that are on their way, as large as they will be; else what is there. */
export function TimesPending({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  const day = useOpening().opening?.day;
  if (!day) return children;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="text-lg font-semibold">{day.name}</p>
        <p role="status" className="text-muted">
          {t("pending")}
        </p>
      </div>
      {day.sizes.map((size, part) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing but its place tells one from another
        <div key={part} className="flex flex-col gap-2">
          <Skeleton className="h-6 w-24" />
          <div className={TIMES_GRID}>
            {Array.from({ length: size }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <Skeleton key={index} className="h-12" />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
