import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import type { ZoneDto } from "@/lib/booking/types/times";
import { chooseTimeZoneAction } from "@/lib/i18n/actions";
import type { ZoneChoice } from "@/lib/time/types";

/**
 * Names the zone of a page's times, once, and lets the visitor change it: a plain form that works without JavaScript.
 *
 * @param children what else there is to say of clocks
 */
export function TimeZone({
  zone,
  choices,
  children,
}: {
  zone: ZoneDto;
  choices: readonly ZoneChoice[];
  children?: ReactNode;
}) {
  const t = useTranslations("home.zone");
  const names = { place: zone.place, offset: zone.offset };
  const isListed = choices.some(({ timeZone }) => timeZone === zone.timeZone);
  return (
    <div className="flex flex-col">
      <p className="text-muted">{zone.source === "clinic" ? t("shownClinic", names) : t("shown", names)}</p>
      {children}
      <Details summary={t("change")}>
        <div className="flex flex-col items-start gap-3 pb-2">
          <form action={chooseTimeZoneAction} className="flex w-full flex-wrap items-end gap-3">
            <Field id="time-zone" label={t("label")} className="w-full max-w-80">
              {(control) => (
                <Select key={zone.timeZone} {...control} name="timeZone" defaultValue={zone.timeZone}>
                  {isListed ? null : <option value={zone.timeZone}>{zone.place}</option>}
                  {choices.map(({ timeZone, place }) => (
                    <option key={timeZone} value={timeZone}>
                      {place}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Button type="submit">{t("submit")}</Button>
          </form>
          {zone.source === "choice" ? (
            <form action={chooseTimeZoneAction}>
              <Button type="submit" variant="quiet" name="timeZone" value="" className="-ms-4">
                {t("device")}
              </Button>
            </form>
          ) : null}
        </div>
      </Details>
    </div>
  );
}
