import "server-only";
import { patientScope } from "@/lib/access/rules";
import { requireRole } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { toLocalizedText } from "@/lib/directory/data";
import { isLocale } from "@/lib/i18n/locales";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeMoment, formatDate } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { listOwnConsents } from "../data/consents";
import type { ConsentedVisitDto } from "../types/consents";

/** What the signed-in patient has agreed to, for themselves and for whom they speak, visit by visit. */
export async function loadOwnConsents(): Promise<ConsentedVisitDto[]> {
  const { actor } = await requireRole("patient", "/account/consents");
  const [viewer, now] = [await loadViewer(), systemNow()];
  const visits = new Map<string, ConsentedVisitDto>();
  for (const row of await listOwnConsents(db(), patientScope(actor))) {
    const { id: consentId, appointment, consentText, agreedAt, withdrawnAt, locale } = row;
    const { kind, version, texts } = consentText;
    const visit = visits.get(appointment.id) ?? {
      appointmentId: appointment.id,
      practitionerName: appointment.practitioner.displayName,
      starts: describeMoment(toInstant(appointment.startAt), viewer, now),
      canWithdraw: false,
      consents: [],
    };
    visits.set(appointment.id, visit);
    const isOver = ["finished", "cancelled"].includes(appointment.encounter?.status ?? "cancelled");
    if (kind === "recording" && !withdrawnAt && !isOver) visit.canWithdraw = true;
    visit.consents.push({
      consentId,
      kind,
      version,
      agreedOn: formatDate(toInstant(agreedAt), viewer, now),
      withdrawnOn: withdrawnAt ? formatDate(toInstant(withdrawnAt), viewer, now) : null,
      locale,
      paragraphs: toLocalizedText(texts)[isLocale(locale) ? locale : "en"].split(/\n{2,}/),
    });
  }
  return [...visits.values()];
}
