"use client";

import { useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";

const NAME = "overbookReason";

/** Why a visit is put where there is no room: asked for where that is known, else out of the way. */
export function OverbookField({
  isNeeded,
  value,
  error,
}: {
  isNeeded: boolean;
  value: string | undefined;
  error: string | undefined;
}) {
  const t = useTranslations("staff.overbook");
  const field = (
    <Field id={NAME} label={t("label")} hint={t("hint")} error={error}>
      {(control) => (
        <Textarea
          {...control}
          name={NAME}
          rows={2}
          defaultValue={value}
          required={isNeeded}
          className="max-w-160"
        />
      )}
    </Field>
  );
  if (!isNeeded) return <Details summary={t("anyway")}>{field}</Details>;
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="wait" title={t("title")}>
        <p>{t("body")}</p>
      </Notice>
      {field}
    </div>
  );
}
