import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { WhyNotDto } from "@/lib/availability/types";

/**
 * Asks why a start is not offered and says every reason, by a plain GET form: the answer has an address that can be sent on.
 *
 * @param path where the form leads: this page
 */
export function WhyNotScreen({ whyNot, path }: { whyNot: WhyNotDto; path: string }) {
  const t = useTranslations("reasons");
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Question whyNot={whyNot} path={path} />
      {whyNot.answer ? <Answer answer={whyNot.answer} /> : null}
    </div>
  );
}

function Question({ whyNot: { choices, asked, problem }, path }: { whyNot: WhyNotDto; path: string }) {
  const t = useTranslations("reasons");
  const errorOf = (field: NonNullable<WhyNotDto["problem"]>) =>
    problem === field ? t(`problem.${field}`) : undefined;
  const pick = (options: WhyNotDto["choices"]["visitTypes"]) => [
    <option key="" value="">
      {t("choose")}
    </option>,
    ...options.map(({ value, name }) => (
      <option key={value} value={value}>
        {name}
      </option>
    )),
  ];
  return (
    <form
      action={path}
      aria-label={t("title")}
      className="grid grid-cols-2 items-start gap-3 rounded-md border border-line bg-surface p-card sm:grid-cols-4"
    >
      <Field
        id="practitioner"
        label={t("practitioner")}
        error={errorOf("practitioner")}
        className="col-span-2"
      >
        {(control) => (
          <Select
            {...control}
            key={asked.practitionerId}
            name="practitioner"
            defaultValue={asked.practitionerId}
          >
            {pick(choices.practitioners)}
          </Select>
        )}
      </Field>
      <Field id="visit" label={t("visitType")} error={errorOf("visit")} className="col-span-2">
        {(control) => (
          <Select {...control} key={asked.visitTypeId} name="visit" defaultValue={asked.visitTypeId}>
            {pick(choices.visitTypes)}
          </Select>
        )}
      </Field>
      <Field id="date" label={t("date")} error={errorOf("date")} className="sm:col-span-2">
        {(control) => (
          <Input {...control} key={asked.date} type="date" name="date" defaultValue={asked.date} />
        )}
      </Field>
      <Field id="time" label={t("time")} hint={t("timeHint")} error={errorOf("time")}>
        {(control) => (
          <Input {...control} key={asked.time} type="time" name="time" defaultValue={asked.time} />
        )}
      </Field>
      <Button type="submit" variant="primary" className="col-span-2 sm:col-span-4 sm:w-fit">
        {t("submit")}
      </Button>
    </form>
  );
}

function Answer({ answer }: { answer: NonNullable<WhyNotDto["answer"]> }) {
  const t = useTranslations("reasons");
  const { reasons, practitioner, visitType, when, place } = answer;
  return (
    <section aria-labelledby="answer" className="flex flex-col gap-4">
      <div>
        <h2 id="answer" className="text-lg font-semibold">
          {t("answer.title", { practitioner, visitType })}
        </h2>
        <p>{t("answer.when", { when, place })}</p>
      </div>
      {reasons.length === 0 ? (
        <Notice tone="live" title={t("answer.offered")} />
      ) : (
        <>
          <p className="font-semibold">{t("answer.notOffered", { count: reasons.length })}</p>
          <ul className="flex flex-col gap-3">
            {reasons.map((reason) => (
              <li key={reason.reason}>
                <Reason {...reason} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Reason({ reason, details, href }: NonNullable<WhyNotDto["answer"]>["reasons"][number]) {
  const t = useTranslations("reasons");
  return (
    <Card className="flex flex-col items-start gap-2">
      <h3 className="font-semibold">{t(`reason.${reason}.title`)}</h3>
      <p>{t(`reason.${reason}.body`)}</p>
      {details.length > 0 ? (
        <ul className="list-disc ps-5">
          {details.map(({ text, kind, href: detailHref }) => {
            const said = kind ? t(`kind.${kind}`, { time: text }) : text;
            return <li key={said}>{detailHref ? <Link href={detailHref}>{said}</Link> : said}</li>;
          })}
        </ul>
      ) : null}
      {href ? <Link href={href}>{t("answer.change")}</Link> : null}
    </Card>
  );
}
