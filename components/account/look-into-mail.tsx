import { type ReactNode, useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";

/** What stands in a form's place once a mail is on its way. It takes the focus: the field that had it is gone. */
export function LookIntoMail({ title, children }: { title: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className="rounded-md">
      <Notice tone="live" title={title} announce="status">
        {children}
      </Notice>
    </div>
  );
}
