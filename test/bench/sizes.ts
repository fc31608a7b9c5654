/** How many sessions a list has, one connection each. */
export const SIZES = [0, 1, 8, 32, 256, 1000] as const;
