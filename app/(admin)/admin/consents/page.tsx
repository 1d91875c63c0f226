import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConsentsScreen } from "@/components/admin/intake/consents-screen";
import { loadConsents } from "@/lib/admin/loaders/clinic";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("consents.title") };
}

type Props = { searchParams: Promise<{ kind?: string | string[] }> };

export default async function ConsentsPage({ searchParams }: Props) {
  const [{ kind }, consents] = await Promise.all([searchParams, loadConsents()]);
  return <ConsentsScreen consents={consents} writing={typeof kind === "string" ? kind : undefined} />;
}
