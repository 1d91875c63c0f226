import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PractitionerScreen } from "@/components/admin/practitioner-screen";
import { loadManagedPractitioner } from "@/lib/admin/loaders";
import { INTERVALS_PER_DAY } from "@/lib/availability/constants";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("practitioner.hours") };
}

type Props = {
  params: Promise<{ practitionerId: string }>;
  searchParams: Promise<{ added?: string | string[] }>;
};

export default async function PractitionerPage({ params, searchParams }: Props) {
  const [{ practitionerId }, { added }] = await Promise.all([params, searchParams]);
  const loaded = await loadManagedPractitioner(practitionerId);
  return (
    <PractitionerScreen {...loaded} wasAdded={added !== undefined} intervalsPerDay={INTERVALS_PER_DAY} />
  );
}
