/** A zone to choose: its IANA name, and what people call the place. */
export type ZoneChoice = { timeZone: string; place: string };
