import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, single } from "@/app/query";
import { WhyNotScreen } from "@/components/availability/why-not-screen";
import { loadWhyNot } from "@/lib/availability/loaders/why-not";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("reasons"))("title") };
}

export default async function AdminWhyNotPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { practitioner, visit, date, time } = await searchParams;
  const whyNot = await loadWhyNot({
    practitioner: single(practitioner),
    visit: single(visit),
    date: single(date),
    time: single(time),
  });
  return <WhyNotScreen whyNot={whyNot} path="/admin/why-not" />;
}
