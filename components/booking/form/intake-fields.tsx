import { useTranslations } from "next-intl";
import { Checkbox, Radio, RadioGroup } from "@/components/ui/choice";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { ConsentDto, IntakeDto, QuestionDto } from "@/lib/booking/types/form";
import { answerField, consentField } from "./booking-problems";
import type { FieldsProps } from "./who-fields";

/** The visit type's own questions, then what has to be agreed to. */
export function IntakeFields({ intake, ...rest }: FieldsProps & { intake: IntakeDto }) {
  const t = useTranslations("booking");
  return (
    <>
      {intake.questions.map((question) => (
        <Question key={question.questionId} question={question} {...rest} />
      ))}
      {intake.consents.length > 0 ? (
        <fieldset className="flex flex-col gap-4">
          <legend className="mb-2 font-medium">{t("consent.legend")}</legend>
          {intake.consents.map((consent) => (
            <Consent key={consent.consentTextId} consent={consent} {...rest} />
          ))}
        </fieldset>
      ) : null}
    </>
  );
}

function Question({ question, values, errorOf }: FieldsProps & { question: QuestionDto }) {
  const t = useTranslations("booking.answer");
  const optional = useTranslations("common")("optional");
  const { kind, label, options, required } = question;
  const id = answerField(question.questionId);
  const [value, error] = [values[id], errorOf(id)];
  const note = required ? undefined : optional;
  if (kind === "choice") {
    return (
      <RadioGroup
        id={id}
        legend={
          <>
            {label}
            {note ? <span className="font-normal text-muted"> {note}</span> : null}
          </>
        }
        error={error}
      >
        {options.map((option, index) => (
          <Radio
            key={option.value}
            id={index === 0 ? id : `${id}-${index}`}
            name={id}
            value={option.value}
            label={option.name}
            defaultChecked={value === option.value}
          />
        ))}
      </RadioGroup>
    );
  }
  return (
    <Field
      id={id}
      label={label}
      note={note}
      hint={kind === "number" ? t("numberHint") : undefined}
      error={error}
    >
      {(control) => {
        const shared = { ...control, name: id, required, defaultValue: value };
        if (kind === "text") return <Textarea {...shared} className="max-w-160" />;
        return kind === "date" ? (
          <Input {...shared} type="date" min="1900-01-01" max="2199-12-31" className="max-w-60" />
        ) : (
          <Input {...shared} inputMode="decimal" autoComplete="off" className="max-w-40" />
        );
      }}
    </Field>
  );
}

function Consent({ consent, values, errorOf }: FieldsProps & { consent: ConsentDto }) {
  const t = useTranslations("booking.consent");
  const { kind, paragraphs } = consent;
  const id = consentField(consent.consentTextId);
  return (
    <div>
      <Checkbox
        id={id}
        name={id}
        value="on"
        required
        label={t(`${kind}.agree`)}
        error={errorOf(id)}
        defaultChecked={values[id] === "on"}
      />
      <Details summary={t(`${kind}.read`)} className="ps-9">
        <div className="measure flex flex-col gap-2">
          {paragraphs.map((paragraph) => (
            <p key={paragraph} className="whitespace-pre-line">
              {paragraph}
            </p>
          ))}
        </div>
      </Details>
    </div>
  );
}
