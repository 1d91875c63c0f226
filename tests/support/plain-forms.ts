import { JSDOM } from "jsdom";

/** A field with its value, in the order of the page; a name may come more than once. */
export type FieldValue = [name: string, value: string];

/** A form of a page as a browser without scripts has it. */
export type PlainForm = {
  /** The form's own id in the page. */
  id: string;
  action: string;
  method: string;
  /** What it would send if nobody touched it; no button among them. */
  fields: FieldValue[];
  /** Every field by its name with its type, `file` and `select` among them. */
  types: ReadonlyMap<string, string>;
  /** The buttons that send it, those with a name with what they add. */
  buttons: { text: string; field: FieldValue | undefined }[];
};

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Reads a page's forms out of its HTML. */
export function plainForms(html: string, pageUrl: string): PlainForm[] {
  const { window } = new JSDOM(html, { url: pageUrl });
  const forms = [...window.document.forms].map((form): PlainForm => {
    const submits = [...form.querySelectorAll<HTMLButtonElement>("button:not([type=button], [disabled])")];
    const controls = [...form.querySelectorAll<Control>("input, select, textarea")].filter(
      ({ name, disabled }) => name !== "" && !disabled,
    );
    return {
      id: form.id,
      action: new URL(form.getAttribute("action") || pageUrl, pageUrl).href,
      method: form.method,
      fields: controls.filter(isSent).map(({ name, value }): FieldValue => [name, value]),
      types: new Map(controls.map((control) => [control.name, control.type])),
      buttons: submits.map((button) => ({
        text: button.textContent?.trim() ?? "",
        field: button.name === "" ? undefined : [button.name, button.value],
      })),
    };
  });
  window.close();
  return forms;
}

function isSent(control: Control): boolean {
  if (control.type === "file") return false;
  return !["checkbox", "radio"].includes(control.type) || ("checked" in control && control.checked);
}

/** Whether a form belongs to a server action, and not to an address of its own. */
export const isAction = ({ method, fields }: PlainForm): boolean =>
  method === "post" && fields.some(([name]) => name.startsWith("$ACTION_"));

/**
 * Sends a form as a browser without scripts does: the whole page comes back, or a redirect, which is not followed.
 *
 * @param cookie the header's value
 * @param origin what the browser says where the form was; none is left out
 */
export async function postPlainly(
  form: Pick<PlainForm, "action">,
  fields: readonly FieldValue[],
  { cookie = "", origin = new URL(form.action).origin }: { cookie?: string; origin?: string | null } = {},
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  return fetch(form.action, {
    method: "POST",
    body,
    redirect: "manual",
    headers: { ...(cookie === "" ? {} : { cookie }), ...(origin === null ? {} : { origin }) },
  });
}
