"use client";

import { createContext, type ReactNode, useContext } from "react";

/** What the browser needs to know of the clinic whatever happens: who to call when all else fails. */
export type Clinic = { name: string; phone: string | undefined };

const ClinicContext = createContext<Clinic>({ name: "", phone: undefined });

export function ClinicProvider({ clinic, children }: { clinic: Clinic; children: ReactNode }) {
  return <ClinicContext value={clinic}>{children}</ClinicContext>;
}

/** The clinic's name and phone number, for client components below the root layout. */
export const useClinic = (): Clinic => useContext(ClinicContext);
