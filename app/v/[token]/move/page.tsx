import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { MoveScreen } from "@/components/visit/change/move-screen";
import { listZoneChoices } from "@/lib/time/zone-choices";
import { loadLinkedMove } from "@/lib/visits/loaders/change";
import { type Query, single } from "../../../query";

type Props = { params: Promise<{ token: string }>; searchParams: Promise<Query> };

async function load({ params, searchParams }: Props) {
  const [{ token }, { day, from, startAt }] = await Promise.all([params, searchParams]);
  return loadLinkedMove(token, single(day), single(from), single(startAt));
}

/** The opened day is in the title, so that a change of the day is read out by screen readers. */
export async function generateMetadata(props: Props): Promise<Metadata> {
  const [{ step }, t] = await Promise.all([load(props), getTranslations("change.move")]);
  const day = step.kind === "choose" ? step.calendar.chosen?.name : undefined;
  return {
    title: day ? t("titleWithDay", { day }) : t(step.kind === "confirm" ? "confirm.title" : "title"),
    robots: { index: false, follow: false },
  };
}

/** Another time for a visit by its personal link. Opening it changes nothing. */
export default async function MovePage(props: Props) {
  const [page, locale] = await Promise.all([load(props), getLocale()]);
  return <MoveScreen page={page} token={(await props.params).token} choices={listZoneChoices(locale)} />;
}
