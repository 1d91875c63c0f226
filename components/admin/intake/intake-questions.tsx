import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { archiveIntakeQuestionAction, moveIntakeQuestionAction } from "@/lib/admin/actions/clinic";
import type { IntakeQuestionDto } from "@/lib/booking/types/intake";
import { QuestionButton } from "./question-button";
import { QuestionForm } from "./question-form";

/** What is asked of whoever books a visit of one type, in order; and the form of one more, or of the one to change. */
export function IntakeQuestions({
  visitTypeId,
  questions,
  changed,
}: {
  visitTypeId: string;
  questions: readonly IntakeQuestionDto[];
  changed: IntakeQuestionDto | undefined;
}) {
  const t = useTranslations("admin.questions");
  const locale = useLocale();
  return (
    <section id="questions" aria-labelledby="questions-title" className="mt-8 flex flex-col gap-4">
      <h2 id="questions-title" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="measure text-muted">{t("lead")}</p>
      {questions.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <ol className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface">
          {questions.map(({ questionId, kind, labels, options, required }, index) => {
            const label = labels[locale];
            return (
              <li key={questionId} className="flex flex-col gap-1 px-card py-2">
                <span className="font-medium break-words">{label}</span>
                <span className="text-sm break-words text-muted">
                  {[
                    t(`kinds.${kind}`),
                    ...options.map(({ names }) => names[locale]),
                    t(required ? "required" : "optional"),
                  ].join(" · ")}
                </span>
                <span className="flex flex-wrap items-center gap-x-3">
                  <Link
                    href={`/admin/visit-types/${visitTypeId}?question=${questionId}#questions`}
                    aria-label={t("editQuestion", { label })}
                    className="flex min-h-8 items-center"
                  >
                    {t("edit")}
                  </Link>
                  {index > 0 ? (
                    <QuestionButton
                      action={moveIntakeQuestionAction}
                      fields={{ questionId, direction: "up" }}
                      label={t("upQuestion", { label })}
                    >
                      {t("up")}
                    </QuestionButton>
                  ) : null}
                  {index < questions.length - 1 ? (
                    <QuestionButton
                      action={moveIntakeQuestionAction}
                      fields={{ questionId, direction: "down" }}
                      label={t("downQuestion", { label })}
                    >
                      {t("down")}
                    </QuestionButton>
                  ) : null}
                  <QuestionButton
                    action={archiveIntakeQuestionAction}
                    fields={{ questionId }}
                    label={t("archiveQuestion", { label })}
                  >
                    {t("archive")}
                  </QuestionButton>
                </span>
              </li>
            );
          })}
        </ol>
      )}
      <QuestionForm
        key={changed?.questionId ?? questions.length}
        visitTypeId={visitTypeId}
        changed={changed}
      />
    </section>
  );
}
