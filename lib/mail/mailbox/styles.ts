/** The look of the mailbox's pages: the portal's colours, two panes where there is room, one on a phone. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(#f5f8f8, #0d1516);
  --surface: light-dark(#ffffff, #141e1f);
  --sunken: light-dark(#e9efee, #1d292a);
  --ink: light-dark(#12211f, #e7efee);
  --muted: light-dark(#4c5e5c, #a3b4b1);
  --line: light-dark(#d3dcda, #2c3a3b);
  --control: light-dark(#71827f, #748886);
  --accent: light-dark(#0c6662, #5cc8bd);
  --accent-soft: light-dark(#e0f1ef, #11312f);
  --wait: light-dark(#7d4b00, #f2bd58);
  --wait-soft: light-dark(#fdf0d5, #362809);
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: flex; flex-direction: column; background: var(--canvas); color: var(--ink);
  font: 14px/20px ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1, h2, p, ul, dl, dd { margin: 0; padding: 0; }
.banner { padding: 8px 16px; background: var(--wait-soft); border-block-end: 1px solid var(--line); text-align: center; }
.banner strong { color: var(--wait); }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 12px 16px; background: var(--surface); border-block-end: 1px solid var(--line); }
.bar h1 { font-size: 18px; line-height: 26px; font-weight: 650; margin-inline-end: auto; }
.bar .count { color: var(--muted); font-variant-numeric: tabular-nums; }
button { min-height: 32px; padding: 0 12px; border: 1px solid var(--control); border-radius: 8px; background: transparent; color: var(--ink); font: inherit; cursor: pointer; }
button:hover { background: var(--sunken); }
main { flex: 1; display: grid; grid-template-columns: minmax(0, 1fr); min-height: 0; }
.list ul { list-style: none; }
.list li { border-block-end: 1px solid var(--line); }
.list a { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; padding: 12px 16px; color: inherit; text-decoration: none; border-inline-start: 3px solid transparent; }
.list a:focus-visible { outline-offset: -3px; }
.list a:hover { background: var(--sunken); }
.list a[aria-current] { background: var(--accent-soft); border-inline-start-color: var(--accent); }
.list .to, .list .subject, .list .excerpt { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.list .to { color: var(--muted); }
.list time { color: var(--muted); font-variant-numeric: tabular-nums; }
.list .subject { grid-column: 1 / -1; font-weight: 600; }
.list .excerpt { grid-column: 1 / -1; color: var(--muted); }
.list { background: var(--surface); overflow: auto; }
.empty { padding: 48px 24px; text-align: center; color: var(--muted); }
.empty strong { display: block; color: var(--ink); font-size: 16px; line-height: 24px; }
.mail { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
.head { padding: 16px; background: var(--surface); border-block-end: 1px solid var(--line); }
.head h2 { font-size: 22px; line-height: 28px; font-weight: 650; overflow-wrap: anywhere; }
.head dl { margin-block: 8px 12px; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 12px; }
.head dt { color: var(--muted); }
.head dd { overflow-wrap: anywhere; }
.back { display: inline-block; margin-block-end: 8px; padding-block: 6px; }
.views { display: flex; flex-wrap: wrap; gap: 4px; }
.views a { padding: 6px 12px; border-radius: 8px; text-decoration: none; color: var(--ink); }
.views a:hover { background: var(--sunken); }
.views a[aria-current] { background: var(--accent-soft); color: var(--accent); font-weight: 600; }
.files { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 12px; list-style: none; }
.files a { display: inline-block; padding: 6px 12px; border: 1px solid var(--control); border-radius: 8px; text-decoration: none; }
iframe { flex: 1; width: 100%; min-height: 75dvh; border: 0; background: var(--canvas); }
pre { margin: 0; padding: 16px; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/22px ui-sans-serif, system-ui, sans-serif; max-width: 80ch; }
.headers { padding: 16px; }
.headers dt { color: var(--muted); margin-block-start: 8px; }
.headers dd, .code { font: 13px/20px ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
.live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 899px) { .reading .list { display: none; } }
@media (min-width: 900px) {
  body { height: 100dvh; }
  main { grid-template-columns: 380px minmax(0, 1fr); }
  .list { border-inline-end: 1px solid var(--line); }
  .back { display: none; }
  .mail { overflow: auto; }
  iframe { min-height: 0; }
}
`;
