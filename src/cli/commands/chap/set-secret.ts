import { defineCommand } from '../../command.js';
import { UsageError } from '../../failure.js';
import { FILE } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';

// Another variable than that of logins: the two secrets must differ.
const SOURCE = {
  what: 'CHAP secret of this machine',
  option: '--chap-secret-file',
  variable: 'ISCSIDSC_MUTUAL_CHAP_SECRET',
};

export const chapSetSecret = defineCommand({
  name: 'chap set-secret',
  changes: true,
  asksTo: 'change the secret',
  summary: 'Set the secret by which targets prove themselves in mutual CHAP, after a question',
  description:
    'Windows has one for all targets, of 12 to 16 bytes. It must not be the secret of --chap-user, and cannot be read back.',
  operands: {},
  options: {
    'chap-secret-file': {
      help: "Read it from FILE, or from stdin if it is '-'. Without this option, it is that of the variable ISCSIDSC_MUTUAL_CHAP_SECRET, or is asked for",
      type: FILE,
    },
    clear: { help: 'Clear it: mutual CHAP fails from then on' },
  },
  example: 'chap set-secret --chap-secret-file secret.txt --yes',
  async run({ 'chap-secret-file': file, clear }, { iscsidsc, options, confirm, readSecret }) {
    if (file !== undefined && clear) throw new UsageError('Give --chap-secret-file or --clear, not both.');
    const secret = clear ? null : await readSecret(file, SOURCE);
    await confirm(`${clear ? 'Clear' : 'Change'} the secret that targets must prove to this machine?`);
    await iscsidsc.setIScsiInitiatorCHAPSharedSecret(secret, options);
    return { isSet: secret !== null };
  },
  format: ({ isSet }, format) => paragraph(isSet ? 'The secret is set.' : 'The secret is cleared.', format),
});
