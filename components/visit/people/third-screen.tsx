import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { ThirdPersonDto } from "@/lib/visits/types/third";
import { ThirdRoom } from "./third-room";

/** A third person's page: when and with whom, and the door. Whose visit it is and why, it does not say. */
export function ThirdScreen({ person, token }: { person: ThirdPersonDto; token: string }) {
  const t = useTranslations("people.door");
  const { starts, endTime, practitionerName, kind, name } = person;
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <PageHeader title={t("title", { practitioner: practitionerName })} lead={t("lead", { kind })} />
      <ClientMessages namespaces={["people", "visit", "waiting"]}>
        <ThirdRoom person={person} token={token} />
      </ClientMessages>
      <Card>
        <DescriptionList
          items={[
            {
              key: "when",
              term: t("when"),
              details: (
                <>
                  <p className="tabular-nums">{`${starts.date}, ${starts.time}–${endTime}`}</p>
                  <p className="text-muted">{starts.zone}</p>
                </>
              ),
            },
          ]}
        />
      </Card>
      <p>
        <Link href="/check">{t("check")}</Link>
      </p>
      <p className="measure text-muted">{t("private", { name })}</p>
    </div>
  );
}
