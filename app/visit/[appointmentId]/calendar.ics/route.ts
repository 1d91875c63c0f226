import { loadPatientInvite } from "@/lib/visits/loaders/visit";
import { calendarFile } from "../../calendar-file";

type Context = { params: Promise<{ appointmentId: string }> };

export const GET = async (_request: Request, { params }: Context): Promise<Response> =>
  calendarFile(await loadPatientInvite((await params).appointmentId));
