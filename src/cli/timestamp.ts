/** `2026-03-01 14:05:09`, in local time. */
export function timestamp(time: Date): string {
  // Sweden writes it so.
  return time.toLocaleString('sv-SE');
}
