"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { AccountRefusal } from "@/lib/admin/types/users";
import { type FormState, IDLE } from "@/lib/core/form";
import { AdminForm, type Attempt } from "../admin-form";
import { ConfirmFields } from "./confirm-fields";
import type { Confirm } from "./confirm-of";

type State = FormState<AccountRefusal>;
type Action = (state: State, data: FormData) => Promise<State>;

/**
 * A change of somebody else's account.
 *
 * @param id sets the form's fields apart from those of the page's other forms
 * @param confirm asks for the administrator's own password unless they have shown otherwise that it is they, and for a code where they
 *   have a second step: a browser that somebody finds open changes nobody's account. Left out where nothing is changed that cannot be had back at once
 */
export function AccountChangeForm({
  id,
  userId,
  action,
  submit,
  saved,
  confirm,
  variant = "secondary",
  children,
}: {
  id: string;
  userId: string;
  action: Action;
  submit: string;
  saved: string;
  confirm?: Confirm;
  variant?: "secondary" | "harm";
  children?: (attempt: Attempt) => ReactNode;
}) {
  const t = useTranslations("admin.user");
  const [passwordId, codeId] = [`${id}-ownPassword`, `${id}-code`];
  const labels = useMemo(
    () => ({ [passwordId]: t("ownPassword"), [codeId]: t("code") }),
    [t, passwordId, codeId],
  );
  return (
    <Form id={id} action={action} initialState={IDLE as State}>
      {(state) => (
        <AdminForm state={state} labels={labels} saved={saved}>
          {(attempt) => (
            <>
              <input type="hidden" name="userId" value={userId} />
              {children?.(attempt)}
              {confirm ? (
                <ConfirmFields
                  confirm={confirm}
                  ids={{ password: passwordId, code: codeId }}
                  attempt={attempt}
                />
              ) : null}
              <SubmitButton variant={variant} className="self-start">
                {submit}
              </SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
