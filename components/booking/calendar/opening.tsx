"use client";

import NextLink from "next/link";
import { useRouter } from "next/navigation";
import {
  type ComponentProps,
  createContext,
  type MouseEvent,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useTransition,
} from "react";

/** What was asked for and is on its way. */
export type Opening = {
  href: string;
  /** The day whose times are coming, and how many there are in each part of it. */
  day?: { name: string; sizes: readonly number[] } | undefined;
};

type Openings = {
  opening: Opening | null;
  /** @param arrive called once the page shows what was asked for: the place to move the focus */
  open: (opening: Opening, arrive: () => void) => void;
};

const OpeningContext = createContext<Openings | null>(null);

/** What the calendar around this is opening. @throws outside of a `CalendarFrame` */
export function useOpening(): Openings {
  const openings = useContext(OpeningContext);
  if (!openings) throw new Error("a calendar and its times go into a CalendarFrame");
  return openings;
}

/**
 * Opens days, months and lists of times in place, and knows meanwhile what is coming, so that its place can be kept. Within it
 * {@link OpeningLink}s go this way; without JavaScript they are links like any other.
 */
export function OpeningProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [asked, setAsked] = useState<Opening | null>(null);
  const arrive = useRef<(() => void) | undefined>(undefined);

  useEffect(() => {
    if (pending) return;
    arrive.current?.();
    arrive.current = undefined;
  }, [pending]);

  const openings = useMemo<Openings>(
    () => ({
      opening: pending ? asked : null,
      open: (opening, then) => {
        arrive.current = then;
        setAsked(opening);
        // The fragment is for browsers without JavaScript; here the focus moves instead.
        startTransition(() => router.push(opening.href.replace(/#.*/, ""), { scroll: false }));
      },
    }),
    [pending, asked, router],
  );
  return <OpeningContext value={openings}>{children}</OpeningContext>;
}

/** A press that asks for a tab or a window of its own is the browser's. */
const isPlain = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/**
 * A link within the calendar. It has a bar at its foot while what it opens is on its way.
 *
 * @param focusId what takes the focus when it is there; the link keeps it when left out
 */
export function OpeningLink({
  href,
  day,
  focusId,
  children,
  ...rest
}: Omit<ComponentProps<typeof NextLink>, "href"> & {
  href: string;
  day?: Opening["day"];
  focusId?: string;
}) {
  const { opening, open } = useOpening();
  return (
    <NextLink
      {...rest}
      href={href}
      prefetch={false}
      scroll={false}
      onClick={(event) => {
        if (!isPlain(event)) return;
        event.preventDefault();
        open({ href, day }, () => focusId && document.getElementById(focusId)?.focus());
      }}
    >
      {children}
      <Progress shown={opening?.href === href} />
    </NextLink>
  );
}

/** Its place is always there, so nothing moves. */
const Progress = ({ shown }: { shown: boolean }) => (
  <span
    aria-hidden="true"
    className={`pointer-events-none absolute inset-x-2 bottom-1 h-0.5 rounded-full bg-current ${shown ? "animate-pulse" : "invisible"}`}
  />
);
