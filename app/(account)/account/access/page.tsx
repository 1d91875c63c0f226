import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RecordHistoryScreen } from "@/components/trail/record-history";
import { loadRecordHistory } from "@/lib/trail/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("trail.own");
  return { title: t("title"), robots: { index: false, follow: false } };
}

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function AccessPage({ searchParams }: Props) {
  const { after } = await searchParams;
  const history = await loadRecordHistory(typeof after === "string" ? after : undefined);
  return <RecordHistoryScreen history={history} isFirst={after === undefined} />;
}
