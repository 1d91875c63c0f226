import { expect, test } from "@/tests/support/fixtures";
import { callFrame } from "./call";
import { openPractice, stageVisit, withRows } from "./practice";
import { accountOf, signIn } from "./steps";

test.describe.configure({ timeout: 150_000 });

const BANNER = "This visit is being recorded";

test("a visit is recorded when the clinic and its patient want it, everybody sees it, and the patient ends it", async ({
  visitor,
  portal,
}) => {
  const office = await visitor("desktop");
  await signIn(office, accountOf("administrator"));
  await office.goto("/admin/consents?kind=recording");
  await office.getByLabel("Text in English").fill("An invented text about a recording.");
  await office.getByLabel("Text in Russian").fill("Придуманный текст о записи.");
  await office.getByRole("button", { name: "Publish" }).click();
  await office.waitForURL("**/admin/consents");
  const allow = async (isOn: boolean) => {
    await office.goto("/admin/settings");
    await office.getByLabel("Visits may be recorded").setChecked(isOn);
    await office.getByRole("button", { name: "Save the settings of visits" }).click();
    await expect(office.getByText("The settings of visits are saved.")).toBeVisible();
  };
  await allow(true);

  try {
    const practice = await openPractice(portal);
    const { appointmentId, token } = await stageVisit(portal, practice, { starts: { minutes: 0 } });
    const conference = async () => {
      const row = await withRows(portal, (rows) =>
        rows.conference.findFirst({ where: { encounter: { appointmentId } } }),
      );
      const answer = await fetch(`${portal.sandboxUrl}/_sandbox/state`);
      const { conferences } = (await answer.json()) as { conferences: { id: string; recording: number }[] };
      return conferences.find(({ id }) => id === row?.trueconfId)?.recording;
    };

    const patient = await visitor("phone");
    await patient.goto(`/v/${token}`);
    await patient.getByRole("button", { name: "I agree: record this visit" }).click();
    await expect(patient.getByText("You agreed to a recording of this visit")).toBeVisible();

    const practitioner = await visitor("desktop");
    await signIn(practitioner, practice.account);
    await practitioner.goto(`/agenda/${appointmentId}`);
    await expect(practitioner.getByText("The patient agreed to a recording")).toBeVisible();
    await practitioner.getByRole("button", { name: "Start visit" }).click();
    await callFrame(patient);
    for (const page of [patient, practitioner]) await expect(page.getByText(BANNER)).toBeVisible();
    expect(await conference()).toBe(1);

    await patient.getByRole("button", { name: "Leave" }).click();
    await patient.reload();
    await patient.getByRole("button", { name: "Do not record" }).click();
    await expect(practitioner.getByText(BANNER)).toHaveCount(0);
    await expect(patient.getByText(BANNER)).toHaveCount(0);
    expect(await conference()).toBe(0);
  } finally {
    await allow(false);
  }
});
