import type { WindowsAnswers } from '../windows/answers.js';

export const SERVICE_ANSWERS: WindowsAnswers = {
  IsUserAnAdmin: state => (state.isElevated ? 1n : 0n),
};
