"use client";

import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { removeFromWaitlistAction } from "@/lib/booking/actions/waitlist";
import type { WaitlistRowDto } from "@/lib/booking/types/waitlist";
import { IDLE } from "@/lib/core/form";

/** Everybody who waits, for administrators. */
export function WaitlistTable({ rows }: { rows: readonly WaitlistRowDto[] }) {
  const t = useTranslations("waitlist.staff");
  if (rows.length === 0) return <EmptyState title={t("none")} />;
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <TableHead>{t("patient")}</TableHead>
          <TableHead>{t("who")}</TableHead>
          <TableHead>{t("what")}</TableHead>
          <TableHead>{t("dates")}</TableHead>
          <TableHead>{t("since")}</TableHead>
          <TableHead>{t("offer")}</TableHead>
          <TableHead>{t("remove")}</TableHead>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TableRow key={row.entryId}>
            <TableCell className="font-medium">{row.patientName}</TableCell>
            <TableCell>{row.who}</TableCell>
            <TableCell>{row.visitType}</TableCell>
            <TableCell className="whitespace-nowrap">{row.dates}</TableCell>
            <TableCell className="whitespace-nowrap">{row.since}</TableCell>
            <TableCell>{row.offerUntil ? t("until", { time: row.offerUntil }) : ""}</TableCell>
            <TableCell>
              <Form id={`remove-${row.entryId}`} action={removeFromWaitlistAction} initialState={IDLE}>
                <input type="hidden" name="entryId" value={row.entryId} />
                <SubmitButton
                  size="sm"
                  variant="secondary"
                  aria-label={t("removeWho", { name: row.patientName })}
                >
                  {t("remove")}
                </SubmitButton>
              </Form>
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
