/** Which visit a form is about: by personal link the token, which travels in the body alone, else the visit's id. */
export function VisitKey({ appointmentId, token }: { appointmentId: string; token: string | undefined }) {
  return token === undefined ? (
    <input type="hidden" name="appointmentId" value={appointmentId} />
  ) : (
    <input type="hidden" name="token" value={token} />
  );
}
