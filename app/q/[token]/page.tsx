import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { PlaceRoom } from "@/components/queue/place-room";
import { PageHeader } from "@/components/ui/page-header";
import { InAppNotice } from "@/components/visit/check/in-app-notice";
import { loadPlace } from "@/lib/queue/loaders/place";

type Props = { params: Promise<{ token: string }> };

/** Reads the place itself, so that the neutral page has its own title. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [, t] = await Promise.all([loadPlace((await params).token), getTranslations("queue.place")]);
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** A place in the line of those who want to be seen now. */
export default async function PlacePage({ params }: Props) {
  const { token } = await params;
  const [place, t] = await Promise.all([loadPlace(token), getTranslations("queue.place")]);
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <PageHeader title={t("title")} />
      <ClientMessages namespaces={["queue", "waiting"]}>
        <InAppNotice />
        <PlaceRoom place={place} token={token} />
      </ClientMessages>
    </div>
  );
}
