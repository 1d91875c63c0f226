/** An iCalendar file to download, or the same "not found" for everything else. */
export const calendarFile = (ics: string | undefined): Response =>
  ics === undefined
    ? new Response(null, { status: 404, headers: { "Cache-Control": "private, no-store" } })
    : new Response(ics, {
        headers: {
          "Content-Type": "text/calendar; charset=utf-8",
          "Content-Disposition": 'attachment; filename="visit.ics"',
          "Cache-Control": "private, no-store",
        },
      });
