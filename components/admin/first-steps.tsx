import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { ClinicProgress } from "@/lib/admin/types/clinic";

/** What an empty clinic needs before somebody can be booked, in order; gone once all of it is there. */
export function FirstSteps({ progress }: { progress: ClinicProgress }) {
  const t = useTranslations("admin.guide");
  const steps = [
    { key: "visitTypes", done: progress.hasVisitTypes, href: "/admin/visit-types/new" },
    { key: "practitioners", done: progress.hasPractitioners, href: "/admin/practitioners/new" },
    { key: "hours", done: progress.hasHours, href: "/admin/practitioners" },
  ] as const;
  if (steps.every(({ done }) => done)) return null;
  const current = steps.find(({ done }) => !done);
  return (
    <section aria-labelledby="first-steps" className="flex max-w-2xl flex-col gap-3">
      <h2 id="first-steps" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <ol className="flex flex-col gap-2">
        {steps.map((step, index) => (
          <li key={step.key}>
            <Card className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <span
                aria-hidden="true"
                className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent"
              >
                {step.done ? <Check className="size-4" /> : index + 1}
              </span>
              <div className="min-w-48 flex-1">
                <h3 className="font-medium">{t(`${step.key}.title`)}</h3>
                <p className="text-muted">{step.done ? t("done") : t(`${step.key}.body`)}</p>
              </div>
              {step === current ? (
                <ButtonLink href={step.href} variant="primary">
                  {t(`${step.key}.action`)}
                </ButtonLink>
              ) : null}
            </Card>
          </li>
        ))}
      </ol>
    </section>
  );
}
