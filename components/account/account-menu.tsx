import { CircleUser } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/ui/button";
import { SignOutForm } from "./sign-out-form";

type Home = { href: string; label: string };

/**
 * The end of the header for somebody signed in: their own first page, their account and the way out. On a phone all are behind one
 * button, the browser's own disclosure, so they open without JavaScript.
 */
export function AccountMenu({ home, userName }: { home: Home; userName: string }) {
  const t = useTranslations("account");
  return (
    <>
      <div className="hidden items-center sm:flex">
        <Items home={home} />
      </div>
      <details className="relative sm:hidden">
        <summary className="flex size-control list-none items-center justify-center rounded-md text-accent">
          <CircleUser aria-hidden="true" className="size-6" />
          <span className="sr-only">{t("menu")}</span>
        </summary>
        <div className="absolute end-0 z-20 flex min-w-56 animate-appear flex-col items-stretch rounded-md border border-line bg-raised p-2 shadow-float">
          <p className="truncate px-2.5 py-1 text-muted">{userName}</p>
          <Items home={home} />
        </div>
      </details>
    </>
  );
}

function Items({ home }: { home: Home }) {
  const t = useTranslations("layout");
  const account = useTranslations("account.page");
  return (
    <>
      <ButtonLink href={home.href} variant="quiet" className="justify-start px-2.5">
        {home.label}
      </ButtonLink>
      <ButtonLink href="/account" variant="quiet" className="justify-start px-2.5">
        {account("link")}
      </ButtonLink>
      <SignOutForm>
        <Button type="submit" variant="quiet" className="justify-start px-2.5">
          {t("signOut")}
        </Button>
      </SignOutForm>
    </>
  );
}
