"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ProveByProvider } from "@/components/account/provider-forms";
import {
  changeRolesAction,
  endSessionsOfUserAction,
  resendUserInvitationAction,
  resetSecondStepAction,
  sendPasswordResetAction,
  setStandingAction,
  unlinkProviderAction,
} from "@/lib/admin/actions/users";
import type { AccountPage } from "@/lib/admin/types/users";
import { AccountChangeForm } from "./account-change-form";
import { useRoles } from "./account-table";
import { confirmOf } from "./confirm-of";
import { RoleBoxes } from "./role-boxes";

/** What can be done about somebody else's account, the gentlest first. */
export function AccountForms({ page }: { page: AccountPage }) {
  const t = useTranslations("admin.user");
  const { account, confirmation, practitionerId, sessions, isLinked } = page;
  const { userId, standing, hasSecondStep, email } = account;
  const isStaff = account.roles.some((role) => role !== "patient");
  const { proof, provider } = confirmation;
  const confirmed = { userId, confirm: confirmOf(confirmation) };
  const mustProve = proof === "provider" && provider !== undefined;
  if (standing === "disabled" && mustProve) return <ProvePart userId={userId} provider={provider} />;
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
      {mustProve ? (
        <ProvePart userId={userId} provider={provider} />
      ) : (
        <>
          <RolesPart page={page} />
          {standing === "active" && isStaff ? (
            <Part id="password" title={t("passwordTitle")} lead={t("passwordLead", { email })}>
              <AccountChangeForm
                {...confirmed}
                id="password"
                action={sendPasswordResetAction}
                submit={t("passwordSubmit")}
                saved={t("passwordSent")}
              />
            </Part>
          ) : null}
          {isLinked ? (
            <Part id="unlink" title={t("unlinkTitle")} lead={t("unlinkLead")}>
              <AccountChangeForm
                {...confirmed}
                id="unlink"
                action={unlinkProviderAction}
                submit={t("unlinkSubmit")}
                saved={t("unlinked")}
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
      )}
    </>
  );
}

/** Before anything that has to be confirmed, by an administrator who has no password here. */
function ProvePart({ userId, provider }: { userId: string; provider: string }) {
  const t = useTranslations("admin.user");
  return (
    <Part id="prove" title={t("confirm")} lead={t("proveLead", { name: provider })}>
      <ProveByProvider name={provider} next={`/admin/users/${userId}`} />
    </Part>
  );
}

function RolesPart({ page: { account, confirmation } }: { page: AccountPage }) {
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
        confirm={confirmOf(confirmation)}
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
