import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, singles } from "@/app/query";
import { StaffBookingScreen } from "@/components/booking/staff/staff-booking-screen";
import { loadStaffBooking } from "@/lib/booking/loaders/staff-booking";
import { newId } from "@/lib/core/ids";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff"))("title") };
}

type Props = { searchParams: Promise<Query> };

export default async function AdminBookPage({ searchParams }: Props) {
  return (
    <StaffBookingScreen
      page={await loadStaffBooking("admin", singles(await searchParams))}
      idempotencyKey={newId()}
    />
  );
}
