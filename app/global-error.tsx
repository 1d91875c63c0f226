"use client";

import "./globals.css";

/**
 * Shown when the root layout itself failed, and with it everything that knows the visitor's language or the clinic: so
 * it says what it has to in all our languages and uses nothing of ours but the colours.
 */
export default function GlobalError({ error }: { error: unknown }) {
  const eventId = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Что-то пошло не так</title>
        <main className="measure mx-auto flex flex-col gap-8 px-4 py-10">
          <section className="flex flex-col gap-2">
            <h1 className="text-2xl font-semibold">Something went wrong</h1>
            <p>The fault is ours. Please load this page again in a minute, or call the clinic.</p>
          </section>
          <section lang="ru" className="flex flex-col gap-2">
            <h2 className="text-2xl font-semibold">Что-то пошло не так</h2>
            <p>Это наша ошибка. Обновите страницу через минуту или позвоните в клинику.</p>
          </section>
          {eventId ? <p className="text-sm text-muted">{eventId}</p> : null}
        </main>
      </body>
    </html>
  );
}
