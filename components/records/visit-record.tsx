import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { Details } from "@/components/ui/details";
import { Link } from "@/components/ui/link";
import type { EarlierVisitDto, VisitRecordDto } from "@/lib/records/types";
import type { VisitState } from "@/lib/visits/types/visit";
import { NoteEditor } from "./note-editor";
import { SummaryEditor } from "./summary-editor";
import { SummaryPart } from "./summary-part";
import { WhenBegun } from "./when-begun";

/** What is written of a visit, beside it: notes, the summary for the patient, and what was written of earlier visits. */
export function VisitRecord({ record, state }: { record: VisitRecordDto; state: VisitState }) {
  const t = useTranslations("records");
  const { appointmentId, parts, draft, templates } = record;
  const editor = (
    <SummaryEditor
      key={`${appointmentId}:${draft.part}`}
      appointmentId={appointmentId}
      draft={draft}
      templates={templates}
    />
  );
  return (
    <ClientMessages namespaces={["records"]}>
      <NoteEditor key={appointmentId} appointmentId={appointmentId} note={record.note} />
      <section aria-labelledby="summary" className="flex flex-col gap-3">
        <h2 id="summary" className="text-lg font-semibold">
          {t("summary.title")}
        </h2>
        {parts.map((part) => (
          <SummaryPart key={part.part} part={part} />
        ))}
        {parts.length > 0 ? (
          <p>
            <Link href={`/agenda/${appointmentId}/summary.pdf`} prefetch={false}>
              {t("summary.pdf")}
            </Link>
          </p>
        ) : null}
        <WhenBegun initial={state}>
          {parts.length > 0 ? (
            <Details summary={t("summary.addendum")} open={draft.text !== ""}>
              {editor}
            </Details>
          ) : (
            editor
          )}
        </WhenBegun>
      </section>
      <section aria-labelledby="earlier" className="flex flex-col gap-2">
        <h2 id="earlier" className="text-lg font-semibold">
          {t("earlier.title")}
        </h2>
        {record.earlier.length === 0 ? <p className="text-muted">{t("earlier.none")}</p> : null}
        {record.earlier.map((visit) => (
          <EarlierVisit key={visit.appointmentId} visit={visit} />
        ))}
      </section>
    </ClientMessages>
  );
}

function EarlierVisit({ visit }: { visit: EarlierVisitDto }) {
  const t = useTranslations("records.earlier");
  const { date, visitType, note, summary } = visit;
  return (
    <Details summary={t("line", { date, type: visitType })}>
      <div className="flex flex-col gap-2">
        {note ? (
          <div>
            <p className="text-sm font-medium">{t("note")}</p>
            <p className="measure whitespace-pre-line">{note}</p>
          </div>
        ) : null}
        {summary ? (
          <div>
            <p className="text-sm font-medium">{t("summary")}</p>
            <p className="measure whitespace-pre-line">{summary}</p>
          </div>
        ) : null}
        {note || summary ? null : <p className="text-muted">{t("nothing")}</p>}
      </div>
    </Details>
  );
}
