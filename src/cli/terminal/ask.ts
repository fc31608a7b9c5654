/** Asks on the terminal. The end of the input is an empty answer. Rejects with an AbortError when the signal fires. */
export async function ask(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  // Without the line editor, which would take Ctrl+C for itself.
  const lines = createInterface({ input, output, terminal: false });
  const end = new Promise<string>(resolve => {
    lines.once('close', () => resolve(''));
  });
  try {
    return await Promise.race([lines.question(question, { signal }), end]);
  } finally {
    lines.close();
  }
}
