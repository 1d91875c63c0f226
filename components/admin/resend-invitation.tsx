"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { resendInvitationAction } from "@/lib/admin/actions/clinic";
import { IDLE } from "@/lib/core/form";
import { AdminForm } from "./admin-form";

const NO_FIELDS = {};

/** Sends the invitation of a practitioner without a password once more. */
export function ResendInvitation({ practitionerId, email }: { practitionerId: string; email: string }) {
  const t = useTranslations("admin.invitation");
  return (
    <Form id={`invite-${practitionerId}`} action={resendInvitationAction} initialState={IDLE}>
      {(state) => (
        <AdminForm state={state} labels={NO_FIELDS} saved={t("sent")}>
          {() => (
            <>
              <p className="break-words">{t("pending", { email })}</p>
              <input type="hidden" name="practitionerId" value={practitionerId} />
              <SubmitButton variant="secondary" className="self-start">
                {t("submit")}
              </SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
