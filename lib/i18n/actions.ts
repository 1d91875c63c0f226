"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { isTimeZone } from "@/lib/core/time-zone";
import { isLocale } from "./locales";
import {
  isTheme,
  type Preference,
  preferenceCookie,
  preferenceCookieOptions,
  returnPath,
} from "./preferences";

/**
 * Forms of one button each, for anybody: they hold for this browser, change no record, and work without JavaScript.
 * A value that we do not know changes nothing; the visitor stays on the page either way.
 */
async function choose(
  preference: Preference,
  // Who calls an action by its id sends what they like in the form's place.
  form: unknown,
  field: string,
  known: (value: string) => boolean,
) {
  const value = form instanceof FormData ? form.get(field) : null;
  if (typeof value === "string" && known(value)) {
    (await cookies()).set(preferenceCookie(preference), value, preferenceCookieOptions());
  }
  const sent = await headers();
  redirect(returnPath(sent.get("referer"), sent.get("host")));
}

/** Sets the language from the field `locale`. */
export async function chooseLocaleAction(form: FormData): Promise<void> {
  await choose("locale", form, "locale", isLocale);
}

/** Sets the time zone from the field `timeZone`, an IANA name; an empty one goes back to the device's own. */
export async function chooseTimeZoneAction(form: FormData): Promise<void> {
  await choose("timezone-choice", form, "timeZone", (zone) => zone === "" || isTimeZone(zone));
}

/** Sets the colour scheme from the field `theme`: `system`, `light` or `dark`. */
export async function chooseThemeAction(form: FormData): Promise<void> {
  await choose("theme", form, "theme", isTheme);
}
