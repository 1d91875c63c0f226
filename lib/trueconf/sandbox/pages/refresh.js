/** Fetches the page anew every two seconds and swaps its contents, unless somebody is at a control. */
const REFRESH_MS = 2000;

async function refresh() {
  if (document.hidden || document.activeElement instanceof HTMLSelectElement) return;
  const response = await fetch("/", { cache: "no-store" });
  if (!response.ok) return;
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  const focused = document.activeElement?.getAttribute("aria-labelledby");
  for (const part of ["header", "main"]) {
    const current = document.querySelector(part);
    const fresh = next.querySelector(part);
    if (current && fresh && current.innerHTML !== fresh.innerHTML) current.replaceWith(fresh);
  }
  if (focused) document.querySelector(`[aria-labelledby="${focused}"]`)?.focus({ preventScroll: true });
}

document.addEventListener("change", async ({ target }) => {
  if (!(target instanceof HTMLSelectElement) || !target.dataset.user) return;
  await fetch(`/_sandbox/users/${encodeURIComponent(target.dataset.user)}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ status: Number(target.value) }),
  });
});

// The sandbox may be restarting: the next round will tell.
setInterval(() => refresh().catch(() => undefined), REFRESH_MS);
