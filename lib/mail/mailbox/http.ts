import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { streamSSE } from "hono/streaming";
import { isMailView, renderList, renderPage } from "./pages";
import { SCRIPT } from "./script";
import type { MailStore } from "./store";
import { STYLES } from "./styles";
import type { ReceivedMail } from "./types";

const KEEP_ALIVE_MS = 20_000;

const PAGE_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  frameSrc: ["'self'"],
  imgSrc: ["data:"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};
/** A mail may look as it likes, but runs nothing, loads nothing and knows nothing of the page around it. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; " +
  "sandbox allow-popups allow-popups-to-escape-sandbox";

/** The mailbox's pages, and its answers in JSON for tests. */
export function createApp(store: MailStore): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    // A name that somebody points at this machine would let any web page read the mails (DNS rebinding).
    const host = context.req.header("host") ?? "";
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return context.text("Not here", 421);
    await next();
    context.header("Cache-Control", "no-store");
  });
  app.use("/messages/:id/html", async (context, next) => {
    await next();
    context.header("Content-Security-Policy", MAIL_POLICY);
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: PAGE_POLICY,
      referrerPolicy: "no-referrer",
      xFrameOptions: false,
      strictTransportSecurity: false,
      originAgentCluster: false,
    }),
  );

  app.get("/mailbox.css", (context) =>
    context.body(STYLES, 200, { "content-type": "text/css; charset=utf-8" }),
  );
  app.get("/mailbox.js", (context) =>
    context.body(SCRIPT, 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  app.get("/", (context) => context.html(renderPage(store.list()).text));
  app.get("/list", (context) => {
    const mails = store.list();
    context.header("X-Count", String(mails.length));
    context.header("X-Newest", mails[0]?.id ?? "");
    return context.html(renderList(mails, context.req.query("current")).text);
  });
  app.get("/events", (context) =>
    streamSSE(context, async (stream) => {
      const unsubscribe = store.subscribe(() => void stream.writeSSE({ event: "changed", data: "" }));
      stream.onAbort(unsubscribe);
      // What came between the page and this stream is shown at once.
      await stream.writeSSE({ event: "changed", data: "" });
      while (!stream.aborted) {
        await stream.sleep(KEEP_ALIVE_MS);
        await stream.writeSSE({ event: "alive", data: "" });
      }
    }),
  );

  app.get("/messages/:id", (context) => {
    const mail = store.find(context.req.param("id"));
    if (!mail) return context.html(renderPage(store.list()).text, 404);
    const view = context.req.query("view");
    return context.html(renderPage(store.list(), { mail, view: isMailView(view) ? view : "message" }).text);
  });
  app.get("/messages/:id/html", (context) => {
    const mail = store.find(context.req.param("id"));
    if (!mail?.html) return context.notFound();
    return context.html(openLinksOutside(mail.html));
  });
  app.get("/messages/:id/attachments/:index{[0-9]+}", (context) => {
    const file = store.find(context.req.param("id"))?.attachments[Number(context.req.param("index"))];
    if (!file) return context.notFound();
    return context.body(new Uint8Array(Buffer.from(file.content, "base64")), 200, {
      "content-type": file.contentType,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
    });
  });
  app.get("/api/messages", (context) => context.json(addressedTo(store.list(), context.req.query("to"))));
  app.get("/api/messages/:id", (context) => {
    const mail = store.find(context.req.param("id"));
    return mail ? context.json(mail) : context.json({ error: "not_found" }, 404);
  });
  app.delete("/api/messages", async (context) => {
    await store.clear();
    return context.body(null, 204);
  });
  return app;
}

const addressedTo = (mails: readonly ReceivedMail[], address: string | undefined) =>
  mails.filter(
    (mail) =>
      address === undefined || mail.to.some((to) => to.address.toLowerCase() === address.toLowerCase()),
  );

/** A link in a mail opens in a tab of its own. */
const openLinksOutside = (markup: string): string =>
  /<head[\s>]/i.test(markup)
    ? markup.replace(/<head(\s[^>]*)?>/i, '$&<base target="_blank">')
    : `<base target="_blank">${markup}`;
