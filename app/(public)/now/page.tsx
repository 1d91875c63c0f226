import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { type Query, single } from "@/app/query";
import { EmergencyNotice } from "@/components/booking/form/emergency-notice";
import { ClientMessages } from "@/components/layout/client-messages";
import { JoinForm } from "@/components/queue/join-form";
import { NobodyNow, NowChoice, Standing } from "@/components/queue/now-screen";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { newId } from "@/lib/core/ids";
import { nowPath } from "@/lib/queue/format";
import { loadJoinPage, loadNow } from "@/lib/queue/loaders/now";

type Props = { searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("queue.now"))("title") };
}

/** Seeing the next practitioner of a specialty who is free: first which, then the questions that a booking asks too. */
export default async function NowPage({ searchParams }: Props) {
  const query = await searchParams;
  const [specialty, t] = [single(query.specialty), await getTranslations("queue.now")];
  if (specialty === undefined)
    return (
      <div className="mx-auto flex max-w-2xl flex-col gap-6">
        <PageHeader title={t("title")} lead={t("lead")} back={<Link href="/">{t("back")}</Link>} />
        <ClientMessages namespaces={["booking"]}>
          <EmergencyNotice />
        </ClientMessages>
        <NowChoice specialties={await loadNow()} />
      </div>
    );
  const visitTypeId = single(query.visit);
  const page = await loadJoinPage(specialty, visitTypeId);
  if (!page) notFound();
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <PageHeader title={page.name} lead={t("title")} back={<Link href="/now">{t("others")}</Link>} />
      {page.onDuty === 0 ? (
        <NobodyNow page={page} />
      ) : (
        <ClientMessages namespaces={["booking", "queue"]}>
          <JoinForm page={page} idempotencyKey={newId()}>
            <Standing specialty={page} />
            <p>{t("kind", { name: page.kind.name, minutes: page.kind.durationMinutes })}</p>
            {page.otherKinds.length > 0 ? (
              <ul className="flex flex-wrap gap-x-4 gap-y-1">
                {page.otherKinds.map(({ visitTypeId: id, name, href }) => (
                  <li key={id}>
                    <Link href={href}>{name}</Link>
                  </li>
                ))}
              </ul>
            ) : null}
            <EmergencyNotice />
            {page.account === null ? (
              <p>
                {t.rich("haveAccount", {
                  link: (text) => (
                    <Link
                      href={`/sign-in?next=${encodeURIComponent(nowPath(specialty, page.kind.visitTypeId))}`}
                    >
                      {text}
                    </Link>
                  ),
                })}
              </p>
            ) : null}
          </JoinForm>
        </ClientMessages>
      )}
    </div>
  );
}
