/** The largest number of a LUN: flat space addressing has 14 bits for it. */
export const MOST_LUN = 16_383;
