import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/status";

type Entry = { entryId: string; who: string; hasOffer: boolean };

/** What the signed-in patient waits for; nothing where that is nothing. */
export function OwnWaitlist({ entries }: { entries: readonly Entry[] }) {
  const t = useTranslations("waitlist.mine");
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="own-waitlist" className="flex flex-col gap-3">
      <h2 id="own-waitlist" className="text-xl font-semibold">
        {t("title")}
      </h2>
      <ul className="flex flex-col gap-2">
        {entries.map(({ entryId, who, hasOffer }) => (
          <li key={entryId}>
            <Link href={`/visits/waitlist/${entryId}`}>
              <Status kind={hasOffer ? "live" : "waiting"}>
                {t(hasOffer ? "offered" : "open", { who })}
              </Status>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
