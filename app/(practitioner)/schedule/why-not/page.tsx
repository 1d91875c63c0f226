import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, single } from "@/app/query";
import { WhyNotScreen } from "@/components/availability/why-not-screen";
import { loadOwnWhyNot } from "@/lib/availability/loaders/why-not";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("reasons"))("title") };
}

export default async function OwnWhyNotPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { practitioner, visit, date, time } = await searchParams;
  const whyNot = await loadOwnWhyNot({
    practitioner: single(practitioner),
    visit: single(visit),
    date: single(date),
    time: single(time),
  });
  return <WhyNotScreen whyNot={whyNot} path="/schedule/why-not" />;
}
