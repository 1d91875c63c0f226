import { logConsole } from "@/lib/core/console";

/** Next.js calls this once in each process, before it answers anybody. */
export function register(): void {
  logConsole();
}
