import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

/**
 * A table in a frame that scrolls sideways by itself on a narrow screen; the frame takes the focus, so that a keyboard
 * can scroll it too.
 *
 * @param caption the table's name; read out always, shown only with `showCaption`
 */
export function Table({
  caption,
  showCaption = false,
  className,
  children,
}: {
  caption: string;
  showCaption?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must reach what scrolls (WCAG 2.1.1)
      tabIndex={0}
      className={clsx("overflow-x-auto rounded-md border border-line bg-surface", className)}
    >
      <table className="w-full border-collapse text-start">
        <caption className={showCaption ? "px-4 py-3 text-start font-semibold" : "sr-only"}>
          {caption}
        </caption>
        {children}
      </table>
    </section>
  );
}

export function TableHead({ className, scope = "col", ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope={scope}
      className={clsx(
        "border-b border-line px-4 py-2 text-start text-sm font-medium whitespace-nowrap text-muted",
        className,
      )}
      {...rest}
    />
  );
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={clsx("border-b border-line last:border-b-0", className)} {...rest} />;
}

export function TableCell({ className, ...rest }: ComponentProps<"td">) {
  return <td className={clsx("px-4 py-2 align-middle", className)} {...rest} />;
}
