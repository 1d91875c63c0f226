import { CalendarDays, Settings } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { StaffFrame } from "@/app/frames";
import { Button } from "@/components/ui/button";
import { hasRole } from "@/lib/access/rules";
import { signOutAction } from "@/lib/auth/actions";
import { requireRole } from "@/lib/auth/loaders";

export default async function PractitionerLayout({ children }: { children: ReactNode }) {
  const [{ actor, session }, t, layout] = await Promise.all([
    requireRole("practitioner", "/agenda"),
    getTranslations("agenda"),
    getTranslations("layout"),
  ]);
  const navigation = [{ href: "/agenda", label: t("title"), icon: <CalendarDays aria-hidden="true" /> }];
  if (hasRole(actor, "administrator")) {
    navigation.push({ href: "/admin", label: t("administration"), icon: <Settings aria-hidden="true" /> });
  }
  const account = (
    <form action={signOutAction}>
      <Button type="submit" variant="quiet" size="sm">
        {layout("signOut")}
      </Button>
    </form>
  );
  return (
    <StaffFrame homeHref="/agenda" navigation={navigation} person={session.user.name} account={account}>
      {children}
    </StaffFrame>
  );
}
