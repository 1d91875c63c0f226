import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ErasureRequest } from "@/components/privacy/erasure-request";
import { loadErasureRequest } from "@/lib/privacy/loaders/staff";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.erasure.list"))("title") };
}

type Props = { params: Promise<{ erasureId: string }> };

export default async function ErasureRequestPage({ params }: Props) {
  const { erasureId } = await params;
  return <ErasureRequest request={await loadErasureRequest(erasureId)} />;
}
