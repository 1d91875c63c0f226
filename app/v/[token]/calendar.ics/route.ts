import { loadLinkedInvite } from "@/lib/visits/loaders/visit";
import { calendarFile } from "../../../visit/calendar-file";

type Context = { params: Promise<{ token: string }> };

export const GET = async (_request: Request, { params }: Context): Promise<Response> =>
  calendarFile(await loadLinkedInvite((await params).token));
