import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TrailScreen } from "@/components/trail/trail-screen";
import { loadTrail } from "@/lib/trail/loaders";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("trail.search"))("title") };
}

type Part = "from" | "to" | "action" | "outcome" | "person" | "after";
type Props = { searchParams: Promise<Partial<Record<Part, string | string[]>>> };

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

export default async function AuditPage({ searchParams }: Props) {
  const { from, to, action, outcome, person, after } = await searchParams;
  const query = {
    from: one(from),
    to: one(to),
    action: one(action),
    outcome: one(outcome),
    person: one(person),
  };
  const page = await loadTrail(query, one(after));
  return <TrailScreen page={page} isFirst={after === undefined} />;
}
