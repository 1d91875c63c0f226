import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { DirectoryDto, Option } from "@/lib/booking/types/directory";

/** Narrows the directory by a plain GET form: the result has an address of its own. */
export function DirectoryFilter({
  options,
  filter,
  dates,
}: Pick<DirectoryDto, "options" | "filter" | "dates">) {
  const t = useTranslations("home.filter");
  return (
    <search>
      <form
        action="/"
        aria-label={t("label")}
        className="grid grid-cols-2 items-end gap-3 rounded-md border border-line bg-surface p-card sm:grid-cols-12"
      >
        <Field id="name" label={t("name")} className="col-span-2 sm:col-span-6">
          {(control) => (
            <Input
              key={filter.name}
              {...control}
              type="search"
              name="name"
              maxLength={100}
              autoComplete="off"
              enterKeyHint="search"
              defaultValue={filter.name ?? ""}
            />
          )}
        </Field>
        <Choice
          id="specialty"
          label={t("specialty")}
          any={t("anySpecialty")}
          options={options.specialties}
          chosen={filter.specialty}
          className="col-span-2 sm:col-span-6"
        />
        <Choice
          id="language"
          label={t("language")}
          any={t("anyLanguage")}
          options={options.languages}
          chosen={filter.language}
          className="sm:col-span-3"
        />
        <Choice
          id="visit"
          label={t("visitType")}
          any={t("anyVisitType")}
          options={options.visitTypes}
          chosen={filter.visitType}
          className="sm:col-span-4"
        />
        <Field id="from" label={t("from")} className="col-span-2 sm:col-span-3">
          {(control) => (
            <Input
              key={filter.from}
              {...control}
              type="date"
              name="from"
              min={dates.first}
              max={dates.last}
              defaultValue={filter.from ?? ""}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" className="col-span-2">
          {t("submit")}
        </Button>
      </form>
    </search>
  );
}

function Choice({
  id,
  label,
  any,
  options,
  chosen,
  className,
}: {
  id: string;
  label: string;
  any: string;
  options: readonly Option[];
  chosen: string | undefined;
  className?: string;
}) {
  return (
    <Field id={id} label={label} className={className}>
      {(control) => (
        <Select key={chosen} {...control} name={id} defaultValue={chosen ?? ""}>
          <option value="">{any}</option>
          {options.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
