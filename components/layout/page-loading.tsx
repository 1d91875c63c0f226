import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = [0, 1, 2, 3, 4, 5];

/**
 * The `loading` screen of the staff's pages: a title and a list, in the places where they will be.
 *
 * Never for a patient's page. A `loading.tsx` lets the answer begin before the page is known, so that "not found" could
 * no longer be said by status, and its content would wait for a script to show it.
 */
export function PageLoading() {
  const t = useTranslations("common");
  return (
    <div className="flex flex-col gap-stack">
      <p role="status" className="sr-only">
        {t("loading")}
      </p>
      <Skeleton className="h-8.5 w-56" />
      <div className="rounded-md border border-line bg-surface">
        {ROWS.map((row) => (
          <div key={row} className="flex items-center gap-4 border-b border-line p-card last:border-b-0">
            <Skeleton className="h-5 w-12" />
            <Skeleton className="h-5 grow" />
            <Skeleton className="h-5 w-20" />
          </div>
        ))}
      </div>
    </div>
  );
}
