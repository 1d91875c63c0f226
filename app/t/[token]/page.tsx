import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ThirdScreen } from "@/components/visit/people/third-screen";
import { loadThirdPerson } from "@/lib/visits/loaders/third";

type Props = { params: Promise<{ token: string }> };

/** Reads the invitation itself, so that the neutral page has its own title. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [person, t] = await Promise.all([
    loadThirdPerson((await params).token),
    getTranslations("people.door"),
  ]);
  return {
    title: t("title", { practitioner: person.practitionerName }),
    robots: { index: false, follow: false },
  };
}

/** A third person's way to one visit. Expired, foreign and tampered links are one neutral page. */
export default async function ThirdPersonPage({ params }: Props) {
  const { token } = await params;
  return <ThirdScreen person={await loadThirdPerson(token)} token={token} />;
}
