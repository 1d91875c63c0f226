import { clsx } from "clsx";
import { ExternalLink } from "lucide-react";
import NextLink from "next/link";
import type { ComponentProps, ReactNode } from "react";

const look =
  "rounded-sm text-accent underline decoration-1 underline-offset-4 hover:text-accent-strong hover:decoration-2";

/** A link within the portal. */
export function Link({ className, ...rest }: ComponentProps<typeof NextLink>) {
  return <NextLink className={clsx(look, className)} {...rest} />;
}

/**
 * A link out of the portal, in a tab of its own, so that the visit's page stays open. The other site learns neither
 * where its visitor came from nor gets a handle on our window.
 *
 * @param newTab what is said of the new tab, such as "(opens in a new tab)"
 */
export function OutsideLink({
  href,
  newTab,
  className,
  children,
}: {
  href: string;
  newTab: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={clsx(look, className)}>
      {children}
      <ExternalLink aria-hidden="true" className="ms-1 inline size-[1em] align-[-0.1em]" />
      <span className="sr-only"> {newTab}</span>
    </a>
  );
}
