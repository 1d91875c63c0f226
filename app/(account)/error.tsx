"use client";

import { ErrorScreen } from "@/components/layout/error-screen";

/** A page that failed, within its frame: header, language and phone number stay. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorScreen error={error} retry={retry} />;
}
