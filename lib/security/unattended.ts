/** Put on a request by the proxy alone, and taken off whatever a browser sends. */
const HEADER = "x-unattended";

/** What open pages ask for by themselves: their stream, that it is alive, that a message has come or a page been left. */
const BY_ITSELF =
  /^\/api\/(live(\/here)?|hold\/(leave|return)|third\/arrive|visits\/[^/]+\/arrive|conversations\/[^/]+\/mark)$/;

/**
 * Notes on a request's headers whether a page has asked by itself, without anybody's doing anything: also for a page that it fetches before
 * somebody may want it.
 */
export function markUnattended(headers: Headers, pathname: string): void {
  const isByItself = BY_ITSELF.test(pathname) || headers.has("next-router-prefetch");
  if (isByItself) headers.set(HEADER, "1");
  else headers.delete(HEADER);
}

/** Whether nobody need be there for this request to have come. */
export const isUnattended = (headers: Headers): boolean => headers.has(HEADER);
