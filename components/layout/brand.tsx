import NextLink from "next/link";

/** The clinic's name with the portal's mark; leads to the front page. */
export function Brand({
  clinicName,
  homeLabel,
  href = "/",
}: {
  clinicName: string;
  homeLabel: string;
  href?: string;
}) {
  return (
    <NextLink
      href={href}
      aria-label={homeLabel}
      className="flex min-h-11 min-w-0 items-center gap-2.5 rounded-sm font-semibold text-ink"
    >
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-7 shrink-0">
        <path
          className="fill-accent"
          d="M8 2h16a6 6 0 0 1 6 6v12a6 6 0 0 1-6 6h-8l-7 5v-5H8a6 6 0 0 1-6-6V8a6 6 0 0 1 6-6Z"
        />
        <path className="fill-on-accent" d="M14 8h4v4h4v4h-4v4h-4v-4h-4v-4h4z" />
      </svg>
      <span className="line-clamp-2 leading-tight">{clinicName}</span>
    </NextLink>
  );
}
