/** An iSNS server of a scenario. */
export function exampleIsnsServer(number: number, name: string): string {
  return `isns-${name}-${number}.example`;
}

/** A RADIUS server: its address has no room for the name of a scenario. */
export function exampleRadiusServer(number: number): string {
  return `radius-${number}.example`;
}

/** A volume with a drive letter. */
export function exampleVolume(number: number): string {
  return `${String.fromCharCode('E'.charCodeAt(0) + number)}:\\`;
}
