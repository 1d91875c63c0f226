/** JSON, or `undefined` for what is none: an error page in HTML, half an answer, somebody's guess. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
