import { fileURLToPath } from 'node:url';

/** The folder of the clone, with a slash at its end. */
export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

export const REPOSITORY = 'https://github.com/iscsidsc/iscsidsc';
