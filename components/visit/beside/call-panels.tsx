"use client";

import { clsx } from "clsx";
import { X } from "lucide-react";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { Shown } from "@/components/ui/shown";

export type PanelName = "chat" | "people";

/** What stands over a call that covers the page. */
type Panels = {
  isCovered: boolean;
  setCovered: (isCovered: boolean) => void;
  open: PanelName | null;
  setOpen: (open: PanelName | null) => void;
};

const PanelsContext = createContext<Panels>({
  isCovered: false,
  setCovered: () => undefined,
  open: null,
  setOpen: () => undefined,
});

/** Around a page whose call covers it, so that parts of the page can be brought over the call. */
export function CallPanels({ children }: { children: ReactNode }) {
  const [isCovered, setIsCovered] = useState(false);
  const [open, setOpen] = useState<PanelName | null>(null);
  const setCovered = useCallback((is: boolean) => {
    setIsCovered(is);
    if (!is) setOpen(null);
  }, []);
  const panels = useMemo(() => ({ isCovered, setCovered, open, setOpen }), [isCovered, setCovered, open]);
  return <PanelsContext value={panels}>{children}</PanelsContext>;
}

export const useCallPanels = (): Panels => useContext(PanelsContext);

export const panelId = (name: PanelName): string => `call-panel-${name}`;
export const panelButtonId = (name: PanelName): string => `call-panel-${name}-button`;

/**
 * A part of the page that the bar of the call opens over it: below the video on a phone, beside it on a wider screen. It stays where it
 * is in the document, so that what was typed in it stays too, and the video is never made anew.
 */
export function CallPanel({
  name,
  label,
  closeLabel,
  children,
}: {
  name: PanelName;
  label: string;
  closeLabel: string;
  children: ReactNode;
}) {
  const { isCovered, open, setOpen } = useCallPanels();
  const isOver = isCovered && open === name;
  const box = useRef<HTMLDivElement>(null);
  const close = useCallback(() => {
    setOpen(null);
    document.getElementById(panelButtonId(name))?.focus();
  }, [name, setOpen]);
  useEffect(() => {
    if (!isOver) return;
    box.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isOver, close]);
  return (
    <div
      ref={box}
      id={panelId(name)}
      tabIndex={-1}
      {...(isOver ? { role: "dialog", "aria-label": label } : {})}
      className={clsx(
        "empty:hidden",
        isCovered && !isOver && "invisible",
        isOver &&
          "fixed inset-x-0 top-[35dvh] bottom-[calc(3.6rem+env(safe-area-inset-bottom))] z-50 flex flex-col gap-3 overflow-y-auto border-t border-line bg-canvas p-3 sm:start-auto sm:top-0 sm:w-96 sm:border-s",
      )}
    >
      {isOver ? (
        <p className="flex justify-end">
          <Button variant="quiet" size="sm" onClick={close}>
            <X aria-hidden="true" className="size-4" />
            {closeLabel}
          </Button>
        </p>
      ) : null}
      <Shown isShown={!isCovered || isOver}>{children}</Shown>
    </div>
  );
}
