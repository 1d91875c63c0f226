import type { Temporal } from "temporal-polyfill";
import { ownAccountScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";
import { hashToken, isToken } from "@/lib/security/tokens";
import { toDate } from "@/lib/time/instant";

/** The one export that an account has at present, if any. */
export const findExport = (db: Db, actor: UserActor, now: Temporal.Instant) =>
  db.dataExport.findFirst({
    where: { user: ownAccountScope(actor), OR: [{ expiresAt: null }, { expiresAt: { gt: toDate(now) } }] },
    select: { readyAt: true, expiresAt: true },
  });

/** What a mail's link would fetch for whoever is signed in; nothing for any other link, whatever the reason. */
export const findFetchable = (db: Db, actor: UserActor, token: string, now: Temporal.Instant) =>
  isToken(token)
    ? db.dataExport.findFirst({
        where: { user: ownAccountScope(actor), tokenHash: hashToken(token), expiresAt: { gt: toDate(now) } },
        include: { user: { select: { pseudonym: true } } },
      })
    : Promise.resolve(null);
