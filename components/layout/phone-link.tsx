import { clsx } from "clsx";

/** A phone number to press; what is dialled leaves out the spaces and brackets that people read by. */
export function PhoneLink({ phone, className }: { phone: string; className?: string }) {
  return (
    <a
      href={`tel:${phone.replace(/[^+\d]/g, "")}`}
      className={clsx("font-semibold whitespace-nowrap tabular-nums underline underline-offset-4", className)}
    >
      {phone}
    </a>
  );
}
