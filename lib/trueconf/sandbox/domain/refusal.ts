/** Where in a request the refused value stood (TrueConf API: error envelope). */
export type Place = { locationType: "path" | "parameter"; location: string };

/** An answer other than success, thrown from anywhere and written by the app as TrueConf's error envelope. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 409,
    readonly reason: string,
    message: string,
    readonly place?: Place,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

const PHRASES = { 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 409: "Conflict" } as const;

/** The v3 error envelope: `error.errors[0].reason` is what clients read. */
export const toEnvelope = ({ status, reason, message, place }: Refusal) => ({
  error: { code: status, message: PHRASES[status], errors: [{ reason, message, ...place }] },
});

export const refuseParameter = (location: string, reason: string, message: string): Refusal =>
  new Refusal(400, reason, message, { locationType: "parameter", location });

export const conferenceNotFound = (id: string): Refusal =>
  new Refusal(404, "conferenceNotFound", `Conference '${id}' is not found.`, {
    locationType: "path",
    location: "conference_id",
  });

export const userNotFound = (id: string): Refusal =>
  new Refusal(404, "userNotFound", `User '${id}' is not found.`, {
    locationType: "path",
    location: "user_id",
  });
