"use client";

import { setNonce } from "get-nonce";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Radix from "radix-ui/dialog";
import type { ReactNode } from "react";
import { Button } from "./button";

/*
 * An open dialog stops the page behind it from scrolling by adding a <style>, which the content security policy allows
 * only with the page's nonce. Browsers hide a nonce from selectors but not from the element's own property.
 */
if (typeof document !== "undefined") {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  if (nonce) setNonce(nonce);
}

type DialogProps = {
  title: ReactNode;
  /** One sentence on what this is; read out when the dialog opens. */
  description?: ReactNode;
  /** The `Button` that opens it. Absent when the page opens it by `open`. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children?: ReactNode;
  /** The buttons; wrap the one that only closes in {@link DialogClose}. */
  actions?: ReactNode;
};

/** A question that has to be answered before going on. On a phone it comes from below, in reach of the thumb. */
export function Dialog({ title, description, trigger, open, onOpenChange, children, actions }: DialogProps) {
  const t = useTranslations("common");
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[90dvh] animate-appear flex-col gap-4 overflow-y-auto rounded-t-lg border border-line bg-raised p-5 shadow-float sm:inset-0 sm:m-auto sm:h-fit sm:w-full sm:max-w-md sm:rounded-lg"
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <Button variant="quiet" size="icon" aria-label={t("close")} className="-me-2 -mt-2">
                <X aria-hidden="true" className="size-5" />
              </Button>
            </Radix.Close>
          </div>
          {description ? (
            <Radix.Description className="measure text-muted">{description}</Radix.Description>
          ) : null}
          {children}
          {actions ? (
            <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{actions}</div>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Closes the dialog; takes one `Button` as its child. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Radix.Close asChild>{children}</Radix.Close>;
}
