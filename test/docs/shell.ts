import type { Page } from './page.js';

/** A command of a fence in `sh` or `powershell`. */
export interface TypedCommand {
  /** `docs/sessions.md:12`. */
  readonly place: string;
  /** As it is typed, without variables in front and the remark behind. */
  readonly text: string;
  /** The variables in front. */
  readonly variables: Readonly<Record<string, string>>;
  readonly remark: string;
  /** Where it is typed, after each `cd` of the fence, from the folder of the clone. */
  readonly folder: string;
}

/** What is typed in a fence, and what the page shows of the output. */
export interface TypedFence {
  readonly place: string;
  readonly commands: readonly TypedCommand[];
  readonly output: string | undefined;
  /** The name of the machine on which it is typed, if it is one that others have changed before. */
  readonly state: string | undefined;
}

/** The fences of a page in which something is typed. */
export function typedFencesIn({ name, fences }: Page): TypedFence[] {
  return fences
    .filter(({ language }) => ['sh', 'powershell'].includes(language))
    .map(({ code, line, output, state }) => ({
      place: `${name}:${line}`,
      commands: commandsOf(code, line, name),
      output,
      state: state === undefined ? undefined : `${name} ${state}`,
    }));
}

function commandsOf(code: string, first: number, page: string): TypedCommand[] {
  let folder = '.';
  return code.split('\n').flatMap((line, index) => {
    const [typed = '', remark = ''] = line.split(/(?:^|\s+)#\s*/);
    return typed.split(/ && | \| |; /).flatMap(part => {
      const [, variables = '', text = ''] = /^((?:[A-Z_]+=\S+ )*)(.*)$/.exec(part.trim()) ?? [];
      const command = { place: `${page}:${first + index}`, text, remark, folder, variables: variablesIn(variables) };
      folder = movedTo(folder, text);
      return text === '' ? [] : [command];
    });
  });
}

function variablesIn(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]));
}

// The name of the clone is that of the repository.
function movedTo(folder: string, text: string): string {
  const [, to] = /^cd (\S+)$/.exec(text) ?? [];
  return to === undefined || to === 'iscsidsc' ? folder : `${folder}/${to}`;
}
