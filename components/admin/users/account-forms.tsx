"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import {
  changeRolesAction,
  endSessionsOfUserAction,
  resendUserInvitationAction,
  resetSecondStepAction,
  setStandingAction,
} from "@/lib/admin/actions/users";
import type { AccountPage } from "@/lib/admin/types/users";
import { AccountChangeForm } from "./account-change-form";
import { useRoles } from "./account-table";
import { RoleBoxes } from "./role-boxes";

/** What can be done about somebody else's account, the gentlest first. */
export function AccountForms({ page }: { page: AccountPage }) {
  const t = useTranslations("admin.user");
  const { account, withCode, practitionerId, sessions } = page;
  const { userId, standing, hasSecondStep, email } = account;
  const confirmed = { userId, confirm: { withCode } };
  if (standing === "disabled")
    return (
      <Part id="enable" title={t("enableTitle")} lead={t("enableLead")}>
        <AccountChangeForm
          {...confirmed}
          id="enable"
          action={setStandingAction}
          submit={t("enableSubmit")}
          saved={t("enabled")}
        >
          {() => <input type="hidden" name="standing" value="active" />}
        </AccountChangeForm>
      </Part>
    );
  return (
    <>
      {standing === "invited" ? (
        <Part id="invitation" title={t("inviteTitle")} lead={t("inviteBody", { email })}>
          <AccountChangeForm
            id="invitation"
            userId={userId}
            action={resendUserInvitationAction}
            submit={t("inviteSubmit")}
            saved={t("inviteSent")}
          />
        </Part>
      ) : null}
      <RolesPart page={page} />
      {sessions > 0 ? (
        <Part id="end" title={t("endTitle")} lead={t("endLead")}>
          <AccountChangeForm
            id="end"
            userId={userId}
            action={endSessionsOfUserAction}
            submit={t("endSubmit")}
            saved={t("ended")}
          />
        </Part>
      ) : null}
      {hasSecondStep ? (
        <Part id="reset" title={t("resetTitle")} lead={t("resetLead")}>
          <AccountChangeForm
            {...confirmed}
            id="reset"
            action={resetSecondStepAction}
            submit={t("resetSubmit")}
            saved={t("resetDone")}
          />
        </Part>
      ) : null}
      <Part
        id="disable"
        title={t("disableTitle")}
        lead={practitionerId ? `${t("disableLead")} ${t("disablePractitioner")}` : t("disableLead")}
      >
        <AccountChangeForm
          {...confirmed}
          id="disable"
          action={setStandingAction}
          submit={t("disableSubmit")}
          saved={t("disabled")}
          variant="harm"
        >
          {() => <input type="hidden" name="standing" value="disabled" />}
        </AccountChangeForm>
      </Part>
    </>
  );
}

function RolesPart({ page: { account, withCode } }: { page: AccountPage }) {
  const t = useTranslations("admin.user");
  const rolesOf = useRoles();
  const kept = account.roles.filter((role) => role === "patient" || role === "practitioner");
  const lead =
    kept.length > 0 ? `${t("rolesLead")} ${t("rolesKept", { roles: rolesOf(kept) })}` : t("rolesLead");
  return (
    <Part id="roles" title={t("rolesTitle")} lead={lead}>
      <AccountChangeForm
        id="roles"
        userId={account.userId}
        confirm={{ withCode }}
        action={changeRolesAction}
        submit={t("rolesSubmit")}
        saved={t("rolesSaved")}
      >
        {({ values }) => <RoleBoxes legend={t("rolesTitle")} given={account.roles} values={values} />}
      </AccountChangeForm>
    </Part>
  );
}

function Part({
  id,
  title,
  lead,
  children,
}: {
  id: string;
  title: string;
  lead: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={`${id}-title`} className="flex flex-col gap-3 border-t border-line pt-6">
      <div className="flex flex-col gap-1">
        <h2 id={`${id}-title`} className="text-lg font-semibold">
          {title}
        </h2>
        <p className="measure text-muted">{lead}</p>
      </div>
      {children}
    </section>
  );
}
