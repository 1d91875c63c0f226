import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Figures } from "@/components/admin/figures";
import { loadFigures } from "@/lib/admin/loaders/clinic";
import { FEEDBACK_PROBLEMS } from "@/lib/records/constants";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.figures"))("title") };
}

/** The clinic in numbers. */
export default async function FiguresPage() {
  const weeks = await loadFigures();
  const t = await getTranslations("records.feedback.problem");
  return <Figures weeks={weeks} problemNames={FEEDBACK_PROBLEMS.map((name) => ({ name, label: t(name) }))} />;
}
