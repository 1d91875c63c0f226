"use client";

import { ErrorScreen } from "@/components/layout/error-screen";

/** The last resort below the root layout. It stands alone, since the frame around the page may be what failed. */
export default function RouteError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="mx-auto w-full max-w-4xl px-4 py-10">
      <ErrorScreen error={error} retry={retry} />
    </main>
  );
}
