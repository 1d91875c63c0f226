"use client";

import { useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { type FormState, IDLE } from "@/lib/core/form";
import { givePriorityAction, takePriorityBackAction } from "@/lib/queue/actions/duty";
import type { PriorityRefusal, QueueDto, QueueRowDto } from "@/lib/queue/types";

/** Everybody who waits to be seen now, and who is on duty, for administrators. */
export function QueueTable({ queue }: { queue: QueueDto }) {
  const t = useTranslations("queue.staff");
  return (
    <div className="flex flex-col gap-8">
      <section className="flex flex-col gap-3">
        <h2 className="text-lg font-semibold">{t("waiting")}</h2>
        {queue.rows.length === 0 ? (
          <EmptyState title={t("none")} />
        ) : (
          <Table caption={t("waiting")}>
            <thead>
              <tr>
                <TableHead>{t("place")}</TableHead>
                <TableHead>{t("patient")}</TableHead>
                <TableHead>{t("what")}</TableHead>
                <TableHead>{t("since")}</TableHead>
                <TableHead>{t("now")}</TableHead>
                <TableHead>{t("first")}</TableHead>
              </tr>
            </thead>
            <tbody>
              {queue.rows.map((row) => (
                <Row key={row.entryId} row={row} />
              ))}
            </tbody>
          </Table>
        )}
      </section>
      <section className="flex flex-col gap-3">
        <h2 className="text-lg font-semibold">{t("onDuty")}</h2>
        {queue.onDuty.length === 0 ? (
          <p className="text-muted">{t("nobody")}</p>
        ) : (
          <ul className="flex flex-col gap-1">
            {queue.onDuty.map(({ practitionerId, name, specialty, isPresent, sinceTime }) => (
              <li key={practitionerId}>
                <span className="font-medium">{name}</span>
                {` · ${specialty} · ${t("sinceTime", { time: sinceTime })}`}
                {isPresent ? null : <span className="text-wait">{` · ${t("away")}`}</span>}
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Row({ row }: { row: QueueRowDto }) {
  const t = useTranslations("queue.staff");
  const { patientName, phone, specialty, visitType, language } = row;
  return (
    <TableRow>
      <TableCell className="tabular-nums">{row.place}</TableCell>
      <TableCell>
        <span className="font-medium">{patientName}</span>
        {phone ? <span className="block text-muted">{phone}</span> : null}
      </TableCell>
      <TableCell>{[visitType, specialty, language].filter(Boolean).join(" · ")}</TableCell>
      <TableCell className="whitespace-nowrap tabular-nums">
        {t("minutes", { time: row.joinedTime, minutes: row.waitedMinutes })}
      </TableCell>
      <TableCell>
        {row.askedName
          ? t("asked", { practitioner: row.askedName })
          : t(row.isPresent ? "present" : "pageAway")}
      </TableCell>
      <TableCell>
        {row.goesFirst ? (
          <GoesFirst row={row} />
        ) : (
          <Details summary={t("letFirst")}>
            <Priority row={row} />
          </Details>
        )}
      </TableCell>
    </TableRow>
  );
}

/** That somebody goes first, and the way to take it back. */
function GoesFirst({ row: { entryId, patientName } }: { row: QueueRowDto }) {
  const t = useTranslations("queue.staff");
  return (
    <div className="measure flex flex-col items-start gap-2">
      <p className="font-medium">{t("goesFirst")}</p>
      <Form id={`priority-back-${entryId}`} action={takePriorityBackAction} initialState={IDLE}>
        {(state) => (
          <>
            <input type="hidden" name="entryId" value={entryId} />
            <SubmitButton size="sm" variant="quiet">
              {t("takeBack")}
              <span className="sr-only">{`: ${patientName}`}</span>
            </SubmitButton>
            <Refused state={state} />
          </>
        )}
      </Form>
    </div>
  );
}

function Refused({ state }: { state: FormState<PriorityRefusal> }) {
  const t = useTranslations("queue.staff.refused");
  if (state.status !== "refused") return null;
  return (
    <Notice tone="wait" announce="alert">
      <p>{t(state.reason)}</p>
    </Notice>
  );
}

function Priority({ row: { entryId, patientName } }: { row: QueueRowDto }) {
  const t = useTranslations("queue.staff");
  const id = `reason-${entryId}`;
  return (
    <Form id={`priority-${entryId}`} action={givePriorityAction} initialState={IDLE}>
      {(state) => {
        const refused = state.status === "refused" ? state : null;
        return (
          <div className="flex flex-col gap-3">
            <input type="hidden" name="entryId" value={entryId} />
            <Field
              id={id}
              label={t("reason", { name: patientName })}
              hint={t("reasonHint")}
              error={refused?.fields.reason ? t("reasonRequired") : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  name="reason"
                  required
                  autoComplete="off"
                  defaultValue={refused?.values.reason}
                />
              )}
            </Field>
            <SubmitButton size="sm" className="self-start">
              {t("give")}
            </SubmitButton>
            {refused?.fields.reason ? null : <Refused state={state} />}
          </div>
        );
      }}
    </Form>
  );
}
