import type { ConnectChap, LoginOptions } from '../../index.js';
import type { Context } from '../command.js';
import type { Input } from './parse.js';
import { FILE, oneOf, text } from './values.js';

/** Options that say how to prove who one is. */
export const CHAP_OPTIONS = {
  'chap-user': { help: 'Log in with CHAP as USER', type: text('USER', 'a CHAP user name') },
  'chap-secret-file': {
    help: "Read the CHAP secret from FILE, or from stdin if it is '-'. Without this option, the secret is that of the variable ISCSIDSC_CHAP_SECRET, or is asked for",
    type: FILE,
    ofSecret: true,
  },
  mutual: { help: 'Let the target prove who it is, too (mutual CHAP), with the secret that Windows has stored for it' },
} as const;

const DIGEST = oneOf('DIGEST', ['none', 'crc32c']);

export const DIGEST_OPTIONS = {
  'header-digest': { help: 'Ask for this checksum of headers: none or crc32c', type: DIGEST },
  'data-digest': { help: 'Ask for this checksum of data: none or crc32c', type: DIGEST },
} as const;

/** Reads the secret if CHAP is asked for. Undefined where it is not. */
export async function chapOf(
  { 'chap-user': username, 'chap-secret-file': file, mutual }: Input<typeof CHAP_OPTIONS>,
  context: Context,
): Promise<ConnectChap | undefined> {
  if (username === undefined && file === undefined && !mutual) return undefined;
  return { username, secret: await context.readChapSecret(file), mutual };
}

/** The same as the options of a login or of a portal. */
export async function chapLoginOf(
  input: Input<typeof CHAP_OPTIONS>,
  context: Context,
): Promise<LoginOptions | undefined> {
  const chap = await chapOf(input, context);
  return chap && { authType: chap.mutual ? 'mutualChap' : 'chap', username: chap.username, password: chap.secret };
}

/** The options of a login; undefined for the defaults of Windows. */
export async function loginOptionsOf(
  input: Input<typeof CHAP_OPTIONS & typeof DIGEST_OPTIONS> & { readonly multipath?: boolean },
  context: Context,
): Promise<LoginOptions | undefined> {
  const { 'header-digest': headerDigest, 'data-digest': dataDigest, multipath } = input;
  const options: LoginOptions = {
    ...(multipath ? { loginFlags: ['multipathEnabled'] } : {}),
    ...(headerDigest === undefined ? {} : { headerDigest }),
    ...(dataDigest === undefined ? {} : { dataDigest }),
    ...(await chapLoginOf(input, context)),
  };
  return Object.keys(options).length === 0 ? undefined : options;
}
