import { ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { PatientVisitDto } from "@/lib/visits/types/visit";
import { DeviceCheck } from "./device-check";

/** The check of camera, sound and connection for one visit, whose practitioner sees what it came to. */
export function CheckScreen({ visit, token }: { visit: PatientVisitDto; token: string | undefined }) {
  const t = useTranslations("check");
  const { appointmentId, path, practitionerName, videoOrigin } = visit;
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <p>
        <Link href={path} className="inline-flex items-center gap-1">
          <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {t("backToVisit")}
        </Link>
      </p>
      <PageHeader title={t("title")} lead={t("leadForVisit", { practitioner: practitionerName })} />
      <ClientMessages namespaces={["check", "waiting"]}>
        <DeviceCheck trueconfOrigin={videoOrigin} visit={{ appointmentId, token }} />
      </ClientMessages>
    </div>
  );
}
