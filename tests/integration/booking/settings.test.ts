import { afterEach, describe, expect, it } from "vitest";
import { readBookingSettings } from "@/lib/booking/data/settings";
import { saveBookingSettings } from "@/lib/booking/mutations/settings";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { minuteNow } from "./clinic";

const STANDARD = {
  holdMinutes: 10,
  holdsPerVisitorPerHour: 6,
  holdsPerAddressPerHour: 60,
  waitlistOfferMinutes: 120,
};
const actor = { kind: "user" as const, pseudonym: newId() };
const trail = () =>
  db().auditEvent.findMany({ where: { action: "settings.changed" }, orderBy: { id: "asc" } });

describe("the clinic's settings of booking", () => {
  afterEach(() => db().setting.deleteMany({}));

  it("are the standard until somebody decides", async () => {
    expect(await readBookingSettings(db())).toEqual(STANDARD);
  });

  it("are kept, and the trail names which were changed but not to what", async () => {
    const before = (await trail()).length;
    await saveBookingSettings({ ...STANDARD, holdMinutes: 5, waitlistOfferMinutes: 30 }, actor, minuteNow());
    expect(await readBookingSettings(db())).toMatchObject({ holdMinutes: 5, waitlistOfferMinutes: 30 });
    const events = (await trail()).slice(before);
    expect(events.map(({ details }) => details)).toEqual([
      { keys: ["booking.holdMinutes", "booking.waitlistOfferMinutes"] },
    ]);
  });

  it("that stay as they were leave no trail", async () => {
    const before = (await trail()).length;
    await saveBookingSettings(STANDARD, actor, minuteNow());
    expect(await trail()).toHaveLength(before);
  });
});
