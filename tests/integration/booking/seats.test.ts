import { describe, expect, it } from "vitest";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

// Read at the first use, which is below.
process.env.TRUECONF_GUEST_SEATS = "3";

describe("a licence for three guests", () => {
  it("holds one visit with two guests, and one more guest beside it", async () => {
    const [first, second] = [await openClinic(), await openClinic()];
    const account = await openClinic({ practitioner: { entry: "account" } });
    const startAt = inHours(30);
    expect((await bookAppointment(guestBooking(first, startAt), minuteNow())).ok).toBe(true);
    expect(await bookAppointment(guestBooking(second, startAt), minuteNow())).toEqual({
      ok: false,
      reason: "no_guest_seat",
    });
    expect((await bookAppointment(guestBooking(account, startAt), minuteNow())).ok).toBe(true);
    expect((await bookAppointment(guestBooking(second, startAt.add({ minutes: 30 })), minuteNow())).ok).toBe(
      true,
    );
  });

  it("is not outbid by many at once", async () => {
    const clinics = await Promise.all(Array.from({ length: 6 }, () => openClinic()));
    const startAt = inHours(36);
    const results = await Promise.all(
      clinics.map((clinic) => bookAppointment(guestBooking(clinic, startAt), minuteNow())),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.flatMap((result) => (result.ok ? [] : [result.reason]))).toEqual(
      Array(5).fill("no_guest_seat"),
    );
  });
});
