"use client";

import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";

/** The clinic's number in a line of its own, where there is one. */
export function ClinicPhone() {
  const { phone } = useClinic();
  return phone ? (
    <p>
      <PhoneLink phone={phone} />
    </p>
  ) : null;
}
