const MOST = 1000;

/** How often at the most. */
export const COUNT = {
  value: 'N',
  expected: `a whole number from 0 to ${MOST}`,
  read(text: string): number | undefined {
    return /^\d+$/.test(text) && Number(text) <= MOST ? Number(text) : undefined;
  },
};
