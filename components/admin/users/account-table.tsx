import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/status";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { AccountLine, Standing } from "@/lib/admin/types/users";

const LOOKS = { active: "done", invited: "waiting", disabled: "neutral" } as const satisfies Record<
  Standing,
  string
>;

/** Whether somebody can sign in. */
export function AccountStanding({ standing }: { standing: Standing }) {
  const t = useTranslations("admin.users.standing");
  return <Status kind={LOOKS[standing]}>{t(standing)}</Status>;
}

/** What somebody may do, in words. */
export function useRoles(): (roles: AccountLine["roles"]) => string {
  const t = useTranslations("admin.users");
  return (roles) => (roles.length === 0 ? t("noRole") : roles.map((role) => t(`role.${role}`)).join(", "));
}

/** Everybody of the staff. */
export function AccountTable({ accounts }: { accounts: readonly AccountLine[] }) {
  const t = useTranslations("admin.users");
  const rolesOf = useRoles();
  return (
    <Table caption={t("caption")}>
      <thead>
        <tr>
          <TableHead>{t("name")}</TableHead>
          <TableHead>{t("roles")}</TableHead>
          <TableHead>{t("state")}</TableHead>
          <TableHead>{t("secondStep")}</TableHead>
          <TableHead>{t("lastSeen")}</TableHead>
        </tr>
      </thead>
      <tbody>
        {accounts.map(({ userId, name, email, roles, standing, hasSecondStep, lastSeenAt }) => (
          <TableRow key={userId}>
            <TableCell className="min-w-56">
              <Link href={`/admin/users/${userId}`} className="font-medium">
                {name}
              </Link>
              <p className="text-sm break-all text-muted">{email}</p>
            </TableCell>
            <TableCell>{rolesOf(roles)}</TableCell>
            <TableCell>
              <AccountStanding standing={standing} />
            </TableCell>
            <TableCell>{t(hasSecondStep ? "withSecondStep" : "withoutSecondStep")}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">
              {lastSeenAt ? t("seen", { date: lastSeenAt.shortDate, time: lastSeenAt.time }) : t("never")}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
