import { createInterface } from 'node:readline';

/** Asks on the terminal. The end of the input is an empty answer. */
export async function ask(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  // Without the line editor of readline, Ctrl+C ends the process as it does elsewhere.
  const lines = createInterface({ input, output, terminal: false });
  try {
    return await new Promise<string>(resolve => {
      const onEnd = () => {
        output.write('\n');
        resolve('');
      };
      lines.once('close', onEnd);
      lines.question(question, answer => {
        lines.off('close', onEnd);
        resolve(answer);
      });
    });
  } finally {
    lines.close();
  }
}
