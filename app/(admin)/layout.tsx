import {
  Archive,
  CalendarDays,
  CalendarOff,
  CalendarRange,
  ChartColumn,
  CircleHelp,
  Eraser,
  FileCheck,
  Hourglass,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  ListOrdered,
  ScrollText,
  Settings,
  UsersRound,
} from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PractitionerAsks } from "@/app/asks";
import { StaffFrame } from "@/app/frames";
import { hasRole } from "@/lib/access/rules";
import { requireSchedules } from "@/lib/auth/loaders";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const [{ actor, session }, t] = await Promise.all([
    requireSchedules("/admin"),
    getTranslations("admin.navigation"),
  ]);
  const whyNot = await getTranslations("reasons");
  const waitlist = await getTranslations("waitlist.staff");
  const queue = await getTranslations("queue.staff");
  const trail = await getTranslations("trail.search");
  const figures = await getTranslations("admin.figures");
  const retention = await getTranslations("retention");
  const erasures = await getTranslations("privacy.erasure.list");
  const navigation = [
    { href: "/admin", label: t("overview"), icon: <LayoutDashboard aria-hidden="true" /> },
    { href: "/admin/calendar", label: t("calendar"), icon: <CalendarRange aria-hidden="true" /> },
    { href: "/admin/waitlist", label: waitlist("title"), icon: <Hourglass aria-hidden="true" /> },
    { href: "/admin/queue", label: queue("title"), icon: <ListOrdered aria-hidden="true" /> },
    { href: "/admin/practitioners", label: t("practitioners"), icon: <UsersRound aria-hidden="true" /> },
    { href: "/admin/closures", label: t("closures"), icon: <CalendarOff aria-hidden="true" /> },
    { href: "/admin/why-not", label: whyNot("navigation"), icon: <CircleHelp aria-hidden="true" /> },
  ];
  if (hasRole(actor, "administrator")) {
    navigation.push(
      { href: "/admin/visit-types", label: t("visitTypes"), icon: <ListChecks aria-hidden="true" /> },
      { href: "/admin/consents", label: t("consents"), icon: <FileCheck aria-hidden="true" /> },
      { href: "/admin/users", label: t("users"), icon: <KeyRound aria-hidden="true" /> },
      { href: "/admin/audit", label: trail("navigation"), icon: <ScrollText aria-hidden="true" /> },
      { href: "/admin/erasures", label: erasures("navigation"), icon: <Eraser aria-hidden="true" /> },
      { href: "/admin/figures", label: figures("title"), icon: <ChartColumn aria-hidden="true" /> },
      { href: "/admin/retention", label: retention("navigation"), icon: <Archive aria-hidden="true" /> },
      { href: "/admin/settings", label: t("settings"), icon: <Settings aria-hidden="true" /> },
    );
  }
  if (hasRole(actor, "practitioner")) {
    navigation.push({ href: "/agenda", label: t("agenda"), icon: <CalendarDays aria-hidden="true" /> });
  }
  return (
    <StaffFrame
      homeHref="/admin"
      navigation={navigation}
      person={session.user.name}
      asks={hasRole(actor, "practitioner") ? <PractitionerAsks /> : undefined}
    >
      {children}
    </StaffFrame>
  );
}
