import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { EmergencyAccessDto } from "@/lib/emergency/types";
import { EndAccess } from "./end-access";

/** Above every page of a practitioner who has a record open in an emergency: which, until when, and the way to end it. */
export function EmergencyBanner({ accesses }: { accesses: readonly EmergencyAccessDto[] }) {
  const t = useTranslations("emergency.banner");
  if (accesses.length === 0) return null;
  return (
    <ClientMessages namespaces={["emergency"]}>
      <div className="mb-6 flex flex-col gap-2">
        {accesses.map(({ accessId, patientName, untilTime }) => (
          <Notice key={accessId} tone="wait" title={t("title", { name: patientName, time: untilTime })}>
            <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
              <Link href={`/emergency/${accessId}`} prefetch={false}>
                {t("read")}
              </Link>
              <EndAccess accessId={accessId} patientName={patientName} />
            </div>
          </Notice>
        ))}
      </div>
    </ClientMessages>
  );
}
