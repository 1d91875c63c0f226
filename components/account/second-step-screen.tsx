import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { SecondStepPage } from "@/lib/auth/types";
import { ProofFirst } from "./proof-first";
import { QrCode } from "./qr-code";
import { BeginSecondStep, ChangeSecondStep, ConfirmSecondStep, HideCodes } from "./second-step-forms";

/** One thing at a time: codes to be kept, an app to be shown that it works, else how it stands and what can be changed. */
export function SecondStepScreen({ page }: { page: SecondStepPage }) {
  const t = useTranslations("account.secondStep");
  const { confirmation, user } = page;
  const proof = { confirmation, email: user.email, next: "/account/second-step" } as const;
  const withPassword = confirmation.proof === "password";
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        back={page.awaitsSecondStep ? undefined : <Link href="/account">{t("back")}</Link>}
      />
      {page.awaitsSecondStep ? (
        <Notice tone="wait" title={t("mustTitle")}>
          <p>{t("must")}</p>
        </Notice>
      ) : null}
      {page.demonstration && !page.secondStep ? (
        <Notice>
          <p>{t("demo")}</p>
        </Notice>
      ) : null}
      <ClientMessages namespaces={["auth", "account"]}>
        {page.codes ? (
          <Codes codes={page.codes} />
        ) : page.enrolment ? (
          <Enrolment enrolment={page.enrolment} />
        ) : page.secondStep ? (
          <Standing secondStep={page.secondStep}>
            <ProofFirst {...proof}>
              <ChangeSecondStep required={page.required} withPassword={withPassword} />
            </ProofFirst>
          </Standing>
        ) : (
          <ProofFirst {...proof}>
            <BeginSecondStep withPassword={withPassword} />
          </ProofFirst>
        )}
      </ClientMessages>
    </div>
  );
}

function Codes({ codes }: { codes: readonly string[] }) {
  const t = useTranslations("account.secondStep");
  return (
    <section aria-labelledby="codes" className="flex flex-col gap-4">
      <h2 id="codes" className="text-lg font-semibold">
        {t("codesTitle")}
      </h2>
      <p className="measure">{t("codes")}</p>
      <ul className="grid max-w-100 grid-cols-2 gap-x-6 gap-y-2 rounded-md border border-line bg-surface p-card font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <HideCodes />
    </section>
  );
}

function Enrolment({ enrolment }: { enrolment: NonNullable<SecondStepPage["enrolment"]> }) {
  const t = useTranslations("account.secondStep");
  return (
    <>
      <section aria-labelledby="scan" className="flex flex-col gap-4">
        <h2 id="scan" className="text-lg font-semibold">
          {t("scanTitle")}
        </h2>
        <p className="measure">{t("scan")}</p>
        <QrCode dots={enrolment.dots} label={t("picture")} />
        <p>
          <a href={enrolment.uri} className="text-accent underline underline-offset-4">
            {t("open")}
          </a>
        </p>
        <p className="measure">
          {t("typed")} <code className="font-mono font-semibold break-words">{enrolment.secret}</code>
        </p>
      </section>
      <section aria-labelledby="confirm" className="flex flex-col gap-4">
        <h2 id="confirm" className="text-lg font-semibold">
          {t("codeTitle")}
        </h2>
        <ConfirmSecondStep />
      </section>
    </>
  );
}

function Standing({
  secondStep,
  children,
}: {
  secondStep: NonNullable<SecondStepPage["secondStep"]>;
  children: ReactNode;
}) {
  const t = useTranslations("account.secondStep");
  return (
    <>
      <div className="flex flex-col gap-1">
        <p>{t("on", { date: secondStep.setAt.shortDate })}</p>
        <p>{t("codesLeft", { count: secondStep.codesLeft })}</p>
      </div>
      <section aria-labelledby="change" className="flex flex-col gap-4">
        <h2 id="change" className="text-lg font-semibold">
          {t("changeTitle")}
        </h2>
        {children}
      </section>
    </>
  );
}
