import { expect, test } from "@/tests/support/fixtures";
import { callFrame, expectCall, expectMedia } from "./call";
import { openPractice, stageVisit } from "./practice";
import { signIn } from "./steps";

test.describe.configure({ timeout: 150_000 });

test.describe("a third person", () => {
  test("is asked in by a link, waits at the door, is let in, seen by all, and sent away", async ({
    visitor,
    portal,
    expectNoise,
  }) => {
    expectNoise(/404|409/);
    const practice = await openPractice(portal);
    const { appointmentId, token } = await stageVisit(portal, practice, { starts: { minutes: 0 } });
    const patient = await visitor("phone");
    await patient.goto(`/v/${token}`);
    const practitioner = await visitor("desktop");
    await signIn(practitioner, practice.account);
    await practitioner.goto(`/agenda/${appointmentId}`);
    // Said once the practitioner's page is live: what is chosen before that is forgotten.
    await expect(patient.getByText(`${practice.name} has your visit open`)).toBeVisible();

    await practitioner.getByText("Invite somebody").click();
    await practitioner.getByLabel("Who is it?").selectOption("interpreter");
    await practitioner.getByLabel("Name", { exact: true }).fill("Ivy Dolmetsch");
    await practitioner.getByRole("button", { name: "Invite", exact: true }).click();
    const link = await practitioner.getByLabel("Link", { exact: true }).inputValue();
    expect(link).toContain("/t/");

    const interpreter = await visitor("phone");
    await interpreter.goto(link);
    await expect(interpreter.getByText("You are at the door")).toBeVisible();
    await expect(interpreter.getByText(/Beispiel|Test Example/)).toHaveCount(0);
    const line = practitioner.getByRole("listitem").filter({ hasText: "Ivy Dolmetsch" });
    await expect(line).toContainText("At the door");

    await practitioner.getByRole("button", { name: "Start visit" }).click();
    await expectMedia(await callFrame(patient));
    await expect(interpreter.locator("iframe")).toHaveCount(0);

    await practitioner.getByRole("button", { name: "Let in Ivy Dolmetsch" }).click();
    // Three in one call, each with each: whoever was in it is still, or is back by themselves.
    await expectCall(interpreter, patient, practitioner);
    await expect(line).toContainText("in the call");

    await interpreter.getByRole("button", { name: "Leave", exact: true }).click();
    await expect(interpreter.getByText("Trouble getting in? Other ways")).toBeVisible();
    await interpreter.reload();
    await interpreter.getByRole("button", { name: "Join the visit" }).click();
    await expectCall(interpreter, patient, practitioner);

    await practitioner.getByRole("button", { name: "Send away Ivy Dolmetsch" }).click();
    await expect(interpreter.locator("iframe")).toHaveCount(0);
    await expect(interpreter.getByText("This link is not valid any more.")).toBeVisible();
    await expectCall(patient, practitioner);
    await expect(line).toHaveCount(0);
  });
});

test("a visit goes to a colleague, and its patient stays where they are", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  expectNoise(/404|409/);
  const [practice, other] = [await openPractice(portal), await openPractice(portal)];
  const { appointmentId, token } = await stageVisit(portal, practice, { starts: { minutes: 0 } });
  const patient = await visitor("phone");
  await patient.goto(`/v/${token}`);
  const address = patient.url();
  const practitioner = await visitor("desktop");
  await signIn(practitioner, practice.account);
  await practitioner.goto(`/agenda/${appointmentId}`);
  await practitioner.getByRole("button", { name: "Start visit" }).click();
  await expectMedia(await callFrame(patient));

  const colleague = await visitor("desktop");
  await signIn(colleague, other.account);
  await practitioner.getByText("Hand over to a colleague").click();
  await practitioner.getByLabel("Colleague").selectOption(other.practitionerId);
  await practitioner.getByLabel("What should they know?").fill("An invented remark");
  await practitioner.getByRole("button", { name: "Offer the visit" }).click();
  await expect(practitioner.getByText(`Offered to ${other.name}`)).toBeVisible();

  await expect(colleague.getByText(`${practice.name} hands you a visit`)).toBeVisible();
  await expect(colleague.getByText("An invented remark")).toBeVisible();
  await colleague.getByRole("button", { name: "Take the visit" }).click();
  await colleague.waitForURL(`**/agenda/${appointmentId}`);
  await colleague.getByRole("button", { name: "Return to the visit" }).click();
  await expectMedia(await callFrame(colleague));
  await expectMedia(await callFrame(patient));
  await expect(practitioner.locator("iframe")).toHaveCount(0);
  await expect(practitioner.getByText("This visit is not yours any more.")).toBeVisible();
  // The patient is told whom they are with now, and writes to nobody else.
  await expect(patient.getByRole("region", { name: `Visit with ${other.name}` })).toBeVisible();
  await patient.getByRole("button", { name: /^Chat/ }).click();
  await patient
    .getByRole("dialog", { name: "Chat" })
    .getByRole("button", { name: "Write a message" })
    .click();
  await expect(patient.getByRole("region", { name: `Messages with ${other.name}` })).toBeVisible();
  await expectMedia(await callFrame(patient));
  expect(patient.url()).toBe(address);
});

test("a visit that was ended is called again, and its patient is back by themselves", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  // A page may ask for its way in when the visit has just ended, before it has heard of that.
  expectNoise(/409 .*\/join\)$/);
  const practice = await openPractice(portal);
  const { appointmentId, token } = await stageVisit(portal, practice, { starts: { minutes: 0 } });
  const patient = await visitor("phone");
  await patient.goto(`/v/${token}`);
  const practitioner = await visitor("desktop");
  await signIn(practitioner, practice.account);
  await practitioner.goto(`/agenda/${appointmentId}`);
  await practitioner.getByRole("button", { name: "Start visit" }).click();
  await expectMedia(await callFrame(patient));
  await practitioner.getByRole("button", { name: "End visit" }).click();
  await practitioner.getByRole("dialog").getByRole("button", { name: "End visit" }).click();
  await expect(patient.getByText("Your visit has ended")).toBeVisible();

  await practitioner.getByRole("button", { name: "Call again" }).click();
  await expectMedia(await callFrame(patient));
  await expectMedia(await callFrame(practitioner));
});
