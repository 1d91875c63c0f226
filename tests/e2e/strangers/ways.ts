/** A way to ask: as a browser does, as its router does, as it does beforehand, and as somebody who means to slip past. */
export type Way = {
  headers: Record<string, string>;
  suffix?: string;
  /** What is sent is the frame around the page, the same for all: nothing of the page itself. */
  shell?: boolean;
};

export const WAYS: Readonly<Record<string, Way>> = {
  plainly: { headers: {} },
  "as the router": { headers: { rsc: "1" } },
  "as a prefetch": {
    headers: { rsc: "1", "next-router-prefetch": "1", purpose: "prefetch", "sec-purpose": "prefetch" },
    shell: true,
  },
  "as a file of the router": { headers: {}, suffix: ".rsc" },
  "past the middleware": {
    headers: { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy", "x-middleware-rewrite": "/" },
  },
};

/** What of them can be said of a call, whose address is as it is. */
export const HEADERS: readonly Record<string, string>[] = Object.values(WAYS)
  .filter(({ suffix }) => suffix === undefined)
  .map(({ headers }) => headers);
