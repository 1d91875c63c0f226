import type { Temporal } from "temporal-polyfill";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { dateIn, startOfDay } from "@/lib/time/zones";
import { fixedId } from "@/tests/support/fixed-id";

/**
 * What an administrator of the invented clinic has arranged beyond weekly hours. All of it lies after the last booked visit, so that
 * nobody's visit is stranded before anybody has touched anything.
 */
export async function seedScheduling(
  tx: Tx,
  { now, bornAt }: { now: Temporal.Instant; bornAt: Temporal.Instant },
): Promise<void> {
  const today = dateIn(now, "UTC");
  const createdAt = toDate(bornAt);
  /** A civil date's column is written as its midnight in UTC. */
  const on = (days: number) => toDate(startOfDay(today.add({ days }), "UTC"));
  const monday = 8 - today.dayOfWeek;

  await tx.closure.create({
    data: {
      id: fixedId("closure:training"),
      title: "Staff training",
      startOn: on(monday + 30),
      endOn: on(monday + 30),
      createdAt,
    },
  });
  await tx.timeOff.create({
    data: {
      id: fixedId("time-off:05"),
      practitionerId: fixedId("practitioner:05"),
      startOn: on(monday + 14),
      startTime: "00:00",
      endOn: on(monday + 21),
      endTime: "00:00",
      createdAt,
    },
  });
  await tx.availabilityOverride.create({
    data: {
      id: fixedId("override:02:saturday"),
      practitionerId: fixedId("practitioner:02"),
      date: on(monday + 19),
      createdAt,
      intervals: { create: { id: fixedId("override:02:saturday:0"), startTime: "10:00", endTime: "13:00" } },
    },
  });
  await tx.availabilityOverride.create({
    data: {
      id: fixedId("override:02:wednesday"),
      practitionerId: fixedId("practitioner:02"),
      date: on(monday + 16),
      createdAt,
    },
  });

  await tx.consentText.createMany({
    data: CONSENTS.map((consent) => ({
      ...consent,
      id: fixedId(`consent:${consent.kind}:1`),
      version: 1,
      publishedAt: createdAt,
    })),
  });
  await tx.intakeQuestion.createMany({
    data: QUESTIONS.map((question, position) => ({
      ...question,
      id: fixedId(`question:${position}`),
      visitTypeId: fixedId("visit-type:first-visit"),
      position,
      createdAt,
    })),
  });
}

const CONSENTS: readonly Pick<Prisma.ConsentTextCreateManyInput, "kind" | "texts">[] = [
  {
    kind: "treatment",
    texts: {
      en: "I agree to be seen by video. I know that a video visit cannot replace every examination, and that I can end it at any time.",
      ru: "Я согласен на приём по видеосвязи. Я знаю, что он заменяет не всякий осмотр и что его можно закончить в любой момент.",
    },
  },
  {
    kind: "data",
    texts: {
      en: "I agree that the clinic keeps what I write here and uses it for my treatment. The visit is not recorded.",
      ru: "Я согласен, что клиника хранит то, что я здесь пишу, и использует это для моего лечения. Приём не записывается.",
    },
  },
];

const QUESTIONS: readonly Omit<
  Prisma.IntakeQuestionCreateManyInput,
  "id" | "visitTypeId" | "position" | "createdAt"
>[] = [
  {
    kind: "text",
    labels: { en: "Which medicines do you take?", ru: "Какие лекарства вы принимаете?" },
  },
  {
    kind: "choice",
    labels: { en: "How urgent is it for you?", ru: "Насколько это для вас срочно?" },
    options: [
      { value: "days", names: { en: "It can wait some days", ru: "Может подождать несколько дней" } },
      { value: "soon", names: { en: "It should be soon", ru: "Лучше поскорее" } },
    ],
  },
  {
    kind: "date",
    labels: { en: "Since when have you had this?", ru: "С какого дня это у вас?" },
  },
];
