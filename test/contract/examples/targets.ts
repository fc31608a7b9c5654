/** The name of a target. That of a session with the same number is the same. */
export function exampleTargetName(number: number, name: string): string {
  return `iqn.2003-01.org.example:${name}-${number}`;
}
