import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PractitionerScreen } from "@/components/admin/practitioner-screen";
import { loadManagedPractitioner } from "@/lib/admin/loaders/clinic";
import { INTERVALS_PER_DAY } from "@/lib/availability/constants";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("practitioner.hours") };
}

type Props = {
  params: Promise<{ practitionerId: string }>;
  searchParams: Promise<Partial<Record<"added" | "plan" | "date", string | string[]>>>;
};

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

export default async function PractitionerPage({ params, searchParams }: Props) {
  const [{ practitionerId }, { added, plan, date }] = await Promise.all([params, searchParams]);
  const loaded = await loadManagedPractitioner(practitionerId, { plan: one(plan), date: one(date) });
  return (
    <PractitionerScreen {...loaded} wasAdded={added !== undefined} intervalsPerDay={INTERVALS_PER_DAY} />
  );
}
