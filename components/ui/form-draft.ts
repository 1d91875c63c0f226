/**
 * What somebody typed into a form, kept in the tab's own storage over one reload. It never leaves the browser, is taken
 * out as soon as it is read, and holds neither passwords nor files nor hidden fields, whose values belong to the page
 * that was served.
 */

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type DraftField = { name: string; index: number; value: string; checked?: boolean };
export type FormDraft = {
  fields: DraftField[];
  /** Name and value of the button that was pressed, if it has a name. */
  submitter: { name: string; value: string } | null;
  /** False when something that may not be kept had been filled in, so that sending again needs the person. */
  whole: boolean;
  /** Milliseconds of the Unix epoch. */
  keptAt: number;
};

/** A draft that nobody came back for is not put into a form that happens to be opened later. */
const DRAFT_LIFE_MS = 5 * 60_000;
const NEVER_KEPT = new Set(["hidden", "password", "file", "submit", "button", "image", "reset"]);

const storageKey = (formId: string) => `form:${formId}`;

const isControl = (element: Element): element is Control =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement;

const isChoice = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");

/** The form's named controls, each with its place among those of the same name. */
function controlsOf(form: HTMLFormElement): { control: Control; index: number }[] {
  const seen = new Map<string, number>();
  return [...form.elements].filter(isControl).flatMap((control) => {
    if (!control.name || control.disabled) return [];
    const index = seen.get(control.name) ?? 0;
    seen.set(control.name, index + 1);
    return [{ control, index }];
  });
}

export function readDraft(form: HTMLFormElement, submitter: HTMLElement | null, keptAt: number): FormDraft {
  const draft: FormDraft = { fields: [], submitter: null, whole: true, keptAt };
  for (const { control, index } of controlsOf(form)) {
    if (NEVER_KEPT.has(control.type)) {
      if ((control.type === "password" || control.type === "file") && control.value !== "")
        draft.whole = false;
      continue;
    }
    const field = { name: control.name, index, value: control.value };
    draft.fields.push(isChoice(control) ? { ...field, checked: control.checked } : field);
  }
  if (submitter instanceof HTMLButtonElement && submitter.name) {
    draft.submitter = { name: submitter.name, value: submitter.value };
  }
  return draft;
}

/** Writes past React's own setter and then says so, so that controlled and uncontrolled fields both take the value. */
function fill(control: Control, value: string) {
  if (control.value === value) return;
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), "value")?.set?.call(control, value);
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Puts a draft back, field by field; what the form no longer has is left out. */
export function applyDraft(form: HTMLFormElement, draft: FormDraft): void {
  const controls = controlsOf(form);
  for (const field of draft.fields) {
    const found = controls.find(
      ({ control, index }) => control.name === field.name && index === field.index,
    )?.control;
    if (!found || NEVER_KEPT.has(found.type)) continue;
    if (!isChoice(found)) fill(found, field.value);
    else if (found.value === field.value && found.checked !== field.checked) {
      if (found.type === "checkbox" || field.checked) found.click();
    }
  }
}

/** The button of the form that a draft was sent by. */
export function submitterOf(form: HTMLFormElement, draft: FormDraft): HTMLButtonElement | null {
  const sent = draft.submitter;
  if (!sent) return null;
  const isSent = (element: Element): element is HTMLButtonElement =>
    element instanceof HTMLButtonElement && element.name === sent.name && element.value === sent.value;
  return [...form.elements].find(isSent) ?? null;
}

/** @returns false where the browser refuses storage; then the page must not be reloaded. */
export function keepDraft(formId: string, draft: FormDraft): boolean {
  try {
    sessionStorage.setItem(storageKey(formId), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** Takes a kept draft out of the storage: a second call finds nothing. */
export function takeDraft(formId: string, now: number): FormDraft | null {
  try {
    const kept = sessionStorage.getItem(storageKey(formId));
    if (kept === null) return null;
    sessionStorage.removeItem(storageKey(formId));
    const draft = JSON.parse(kept) as FormDraft;
    return now - draft.keptAt <= DRAFT_LIFE_MS ? draft : null;
  } catch {
    return null;
  }
}
