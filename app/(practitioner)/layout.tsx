import {
  CalendarDays,
  CalendarSync,
  Clock,
  FileText,
  MessagesSquare,
  Settings,
  Siren,
  Video,
} from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PractitionerAsks } from "@/app/asks";
import { StaffFrame } from "@/app/frames";
import { EmergencyBanner } from "@/components/emergency/emergency-banner";
import { ClientMessages } from "@/components/layout/client-messages";
import type { NavigationItem } from "@/components/layout/navigation";
import { LiveUnread } from "@/components/messaging/talk/unread";
import { hasRole } from "@/lib/access/rules";
import { requireRole } from "@/lib/auth/loaders";
import { loadAccesses } from "@/lib/emergency/loaders";
import { loadUnread } from "@/lib/visits/loaders/conversation";

export default async function PractitionerLayout({ children }: { children: ReactNode }) {
  const [{ actor, session }, t, feed] = await Promise.all([
    requireRole("practitioner", "/agenda"),
    getTranslations("agenda"),
    getTranslations("change.feed"),
  ]);
  const schedule = await getTranslations("schedule");
  const navigation: NavigationItem[] = [
    { href: "/agenda", label: t("title"), icon: <CalendarDays aria-hidden="true" /> },
  ];
  const [messages, unread] = await Promise.all([getTranslations("messages"), loadUnread("practitioner")]);
  navigation.push({
    href: "/inbox",
    label: messages("title"),
    icon: <MessagesSquare aria-hidden="true" />,
    badge: (
      <ClientMessages namespaces={["messages"]}>
        <LiveUnread side="practitioner" initial={unread} />
      </ClientMessages>
    ),
  });
  navigation.push({
    href: "/agenda/subscribe",
    label: feed("navigation"),
    icon: <CalendarSync aria-hidden="true" />,
  });
  navigation.push({ href: "/schedule", label: schedule("title"), icon: <Clock aria-hidden="true" /> });
  const templates = await getTranslations("records.templates");
  navigation.push({ href: "/templates", label: templates("title"), icon: <FileText aria-hidden="true" /> });
  const check = await getTranslations("check");
  navigation.push({
    href: "/agenda/check",
    label: check("navigation"),
    icon: <Video aria-hidden="true" />,
  });
  const emergency = await getTranslations("emergency");
  navigation.push({
    href: "/emergency",
    label: emergency("navigation"),
    icon: <Siren aria-hidden="true" />,
  });
  if (hasRole(actor, "administrator")) {
    navigation.push({ href: "/admin", label: t("administration"), icon: <Settings aria-hidden="true" /> });
  }
  return (
    <StaffFrame
      homeHref="/agenda"
      navigation={navigation}
      person={session.user.name}
      asks={<PractitionerAsks />}
    >
      <EmergencyBanner accesses={await loadAccesses()} />
      {children}
    </StaffFrame>
  );
}
