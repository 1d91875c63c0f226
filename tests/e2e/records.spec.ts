import { expect, test } from "@/tests/support/fixtures";
import { callFrame } from "./call";
import { openPractice, stageVisit } from "./practice";
import { signIn } from "./steps";

test("notes and a summary are written beside the visit, and its patient reads, downloads and answers", async ({
  visitor,
  portal,
}) => {
  const practice = await openPractice(portal);
  const { appointmentId, token } = await stageVisit(portal, practice, { starts: { minutes: 0 } });
  const patient = await visitor("phone");
  await patient.goto(`/v/${token}`);
  const practitioner = await visitor("desktop");
  await signIn(practitioner, practice.account);
  await practitioner.goto(`/agenda/${appointmentId}`);

  const notes = practitioner.getByLabel("Notes of this visit");
  await notes.fill("An invented observation");
  await expect(practitioner.getByText("Saved.", { exact: true })).toBeVisible();
  await practitioner.reload();
  await expect(notes).toHaveValue("An invented observation");
  await expect(practitioner.getByText("It can be written as soon as the visit has begun.")).toBeVisible();

  await practitioner.getByRole("button", { name: "Start visit" }).click();
  await callFrame(patient);
  await practitioner.getByRole("button", { name: "End visit" }).first().click();
  await practitioner.getByRole("dialog").getByRole("button", { name: "End visit" }).click();
  await expect(patient.getByText("Your visit has ended")).toBeVisible();

  await practitioner.reload();
  await practitioner.getByLabel("Summary", { exact: true }).fill("Drink water.\n\nПейте воду.");
  await practitioner.getByRole("button", { name: "Sign and send" }).click();
  await practitioner.getByRole("dialog").getByRole("button", { name: "Sign", exact: true }).click();
  await expect(practitioner.getByText(`Signed by ${practice.name}`)).toBeVisible();
  await expect(practitioner.getByText("Correct or add something")).toBeVisible();

  await patient.reload();
  await expect(patient.getByText("Drink water.")).toBeVisible();
  const [download] = await Promise.all([
    patient.waitForEvent("download"),
    patient.getByRole("link", { name: "Download as PDF" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  await patient.getByLabel("4", { exact: true }).check();
  await patient.getByLabel("No sound").check();
  await patient.getByRole("button", { name: "Send" }).click();
  await expect(patient.getByText("Thank you.")).toBeVisible();
  await patient.reload();
  await expect(patient.getByLabel("4", { exact: true })).toBeChecked();
});
