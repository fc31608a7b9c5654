import { TARGET_MAPPING } from '../../api/targets/mapping.js';
import { type Answers, bothForms, type RespondInForm } from '../answers.js';
import { replyStructs } from '../sized-reply.js';

const mappings: RespondInForm = (state, text, size = null, count = null, buffer = null) =>
  replyStructs(state, { size, count, buffer }, TARGET_MAPPING, state.mappings, text, 'bytes');

export const TARGET_ANSWERS: Answers = bothForms('ReportActiveIScsiTargetMappings', mappings);
