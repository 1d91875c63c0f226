import { cpus } from "node:os";

/** Where figures come from: without it they mean nothing. */
export const machine = (): string => {
  const all = cpus();
  return `${all[0]?.model ?? "unknown CPU"} × ${all.length}, Node ${process.version}`;
};

/** The middle and the 95th of a hundred, in milliseconds, of so many runs after a warm-up. */
export async function measure(
  run: () => unknown,
  { runs, warmUp }: { runs: number; warmUp: number },
): Promise<{ p50: number; p95: number }> {
  for (let n = 0; n < warmUp; n += 1) await run();
  const times: number[] = [];
  for (let n = 0; n < runs; n += 1) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

export const say = (line: string): boolean => process.stdout.write(`${line}\n`);
