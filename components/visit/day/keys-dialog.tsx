"use client";

import { Keyboard } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { followKeys } from "./keys";

/** Keys as they are printed, with what each does. */
const KEYS = [
  ["J", "j"],
  ["K", "k"],
  ["Enter", "enter"],
  ["S", "s"],
  ["W", "w"],
  ["M", "m"],
  ["L", "l"],
  ["T", "t"],
  ["V", "v"],
  ["?", "help"],
] as const;

/** All keys of the agenda, by "?" or a button. */
export function KeysDialog() {
  const t = useTranslations("day.keys");
  const [isOpen, setOpen] = useState(false);
  useEffect(() => followKeys({ "?": () => setOpen(true) }), []);
  // A phone has none.
  return (
    <div className="hidden lg:block">
      <Dialog
        title={t("title")}
        open={isOpen}
        onOpenChange={setOpen}
        trigger={
          <Button variant="quiet" size="sm" className="-ms-3">
            <Keyboard aria-hidden="true" className="size-4" />
            {t("open")}
          </Button>
        }
      >
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
          {KEYS.map(([key, name]) => (
            <div key={name} className="contents">
              <dt>
                <kbd className="rounded-sm border border-control bg-sunken px-2 py-0.5 font-mono text-sm">
                  {key}
                </kbd>
              </dt>
              <dd>{t(name)}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </div>
  );
}
