// @ts-check
import { readFile } from 'node:fs/promises';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A scheme of the app's own: pages from file: could read every file of the user. */
export const PAGE_SCHEME = { scheme: 'app', privileges: { standard: true, secure: true } };
export const PAGE_URL = 'app://initiator/index.html';

/** @param {string} url */
export function isPageUrl(url) {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return protocol === 'app:' && host === 'initiator';
}

/**
 * A file of the folder `page`, or of a folder in it: no other path gets through.
 *
 * @param {Pick<Request, 'url'>} request
 */
export async function pageFile({ url }) {
  const [, name, extension] = /^\/((?:[\w-]+\/)?[\w-]+(\.[a-z]+))$/.exec(new URL(url).pathname) ?? [];
  const type = TYPES[extension ?? ''];
  if (!name || !type) return notFound();
  try {
    const content = await readFile(new URL(`../page/${name}`, import.meta.url));
    return new Response(content, { headers: { 'content-type': type, 'x-content-type-options': 'nosniff' } });
  } catch {
    return notFound();
  }
}

function notFound() {
  return new Response('Not found', { status: 404 });
}
