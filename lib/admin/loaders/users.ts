import "server-only";
import { notFound } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import { accountScope } from "@/lib/access/rules";
import { findSessions } from "@/lib/auth/data";
import { loadConfirmation, requireRole } from "@/lib/auth/loaders";
import type { Confirmation } from "@/lib/auth/types";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { languageName } from "@/lib/directory/format";
import { otherLanguages } from "@/lib/i18n/locales";
import { loadLocale } from "@/lib/i18n/viewer";
import { describeMoment, type Viewer } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { type AccountRow, findAccount, listStaffAccounts } from "../data/users";
import type { AccountLine, AccountPage } from "../types/users";

const loadClinicViewer = async (): Promise<Viewer> => ({
  locale: await loadLocale(),
  timeZone: env().CLINIC_TIME_ZONE,
});

const standingOf = ({ disabledAt, passwordHash, enteredAt, providerLinks }: AccountRow) => {
  if (disabledAt) return "disabled" as const;
  const isEntered = passwordHash !== null || enteredAt !== null || providerLinks.length > 0;
  return isEntered ? ("active" as const) : ("invited" as const);
};

function describeAccount(row: AccountRow, viewer: Viewer, now: Temporal.Instant): AccountLine {
  const seen = row.sessions[0]?.lastSeenAt;
  return {
    userId: row.id,
    name: row.name,
    email: row.email,
    roles: row.roles,
    standing: standingOf(row),
    hasSecondStep: row.totp !== null,
    lastSeenAt: seen ? describeMoment(toInstant(seen), viewer, now) : null,
  };
}

/** Everybody of the staff. */
export async function loadAccounts(): Promise<AccountLine[]> {
  const { actor } = await requireRole("administrator", "/admin/users");
  const [viewer, now] = [await loadClinicViewer(), systemNow()];
  return (await listStaffAccounts(db(), accountScope(actor))).map((row) => describeAccount(row, viewer, now));
}

/** One account with what can be done about it. */
export async function loadAccount(userId: string): Promise<AccountPage> {
  const { actor } = await requireRole("administrator", `/admin/users/${userId}`);
  const [viewer, now] = [await loadClinicViewer(), systemNow()];
  const row = (await findAccount(db(), accountScope(actor), userId)) ?? notFound();
  const [sessions, confirmation] = await Promise.all([
    findSessions(db(), accountScope(actor), row.id, now),
    loadConfirmation(actor),
  ]);
  return {
    account: describeAccount(row, viewer, now),
    sessions: sessions.length,
    practitionerId: row.practitioner?.id ?? null,
    isOwn: row.id === actor.userId,
    isLinked: row.providerLinks.length > 0,
    confirmation,
  };
}

/** The portal's languages by their own names, the reader's first; and how the reader confirms that it is they who invite. */
export async function loadNewAccount(): Promise<{
  locales: { locale: string; name: string }[];
  confirmation: Confirmation;
}> {
  const { actor } = await requireRole("administrator", "/admin/users/new");
  const locale = await loadLocale();
  const locales = [{ locale, name: languageName(locale, locale) }, ...otherLanguages(locale)];
  return { locales, confirmation: await loadConfirmation(actor) };
}
