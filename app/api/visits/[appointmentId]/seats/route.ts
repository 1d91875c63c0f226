import { loadSeats } from "@/lib/visits/loaders/seats";
import { visitCall } from "../call";

/** Who holds the guest seats that a practitioner's visit did not get: see `SeatsDto`. */
export const POST = visitCall("visits.seats", loadSeats);
