const url = new URL('../../dist/process.js', import.meta.url).href;

/** The entry as it is built: the file that it starts lies beside it. */
export const built = (await import(url)) as typeof import('iscsidsc/process');
const index = new URL('../../dist/index.js', import.meta.url).href;
export const iscsidsc = (await import(index)) as typeof import('iscsidsc');
