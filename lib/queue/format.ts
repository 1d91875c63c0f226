/** Where somebody asks to be seen now: the choice of a specialty, or one of them, and one of its kinds of visits. */
export function nowPath(specialtyCode?: string, visitTypeId?: string): string {
  const query = new URLSearchParams();
  if (specialtyCode) query.set("specialty", specialtyCode);
  if (visitTypeId) query.set("visit", visitTypeId);
  return query.size === 0 ? "/now" : `/now?${query}`;
}

/** The front page with everybody of a specialty. */
export const specialtyPath = (code: string): string => `/?${new URLSearchParams({ specialty: code })}`;
