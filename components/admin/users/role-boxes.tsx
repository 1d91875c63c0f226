"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/choice";
import type { GivenRole } from "@/lib/admin/types/users";

const ROLES = ["scheduler", "administrator"] as const satisfies readonly GivenRole[];

/** The roles that administrators give, each with what it opens. */
export function RoleBoxes({
  legend,
  given,
  values,
}: {
  legend: string;
  given: readonly string[];
  /** As they were sent, once the form was refused. */
  values: Readonly<Record<string, string>> | null;
}) {
  const t = useTranslations("admin.users");
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium">{legend}</legend>
      {ROLES.map((role) => (
        <Checkbox
          key={role}
          id={role}
          name={role}
          label={t(`role.${role}`)}
          hint={t(`roleHint.${role}`)}
          defaultChecked={values ? values[role] === "on" : given.includes(role)}
        />
      ))}
    </fieldset>
  );
}
