import { Temporal } from "temporal-polyfill";

/** The present instant. Called only where a request, a job or a stream begins; everything below takes `now`. */
export const systemNow = (): Temporal.Instant => Temporal.Now.instant();
