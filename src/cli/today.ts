// Until timeouts carry `pending`.
export function pendingToday({ code, message }: { code?: unknown; message: string }): unknown {
  if (code !== 'ERR_ISCSIDSC_TIMEOUT') return undefined;
  return message.startsWith('No session') ? 'betweenAttempts' : 'running';
}
