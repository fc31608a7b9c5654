import type { Page } from './page.js';

/** A command of a fence in `sh` or `powershell`. */
export interface TypedCommand {
  /** `docs/sessions.md:12`. */
  readonly place: string;
  /** As it is typed, without variables in front and the remark behind. */
  readonly text: string;
  readonly remark: string;
  /** Where it is typed, after each `cd` of the fence, from the folder of the clone. */
  readonly folder: string;
}

/** All commands of a page. */
export function commandsIn({ name, fences }: Page): TypedCommand[] {
  return fences
    .filter(({ language }) => ['sh', 'powershell'].includes(language))
    .flatMap(({ code, line: first }) => {
      let folder = '.';
      return code.split('\n').flatMap((line, index) => {
        const [typed = '', remark = ''] = line.split(/(?:^|\s+)#\s*/);
        return typed.split(/ && | \| |; /).flatMap(part => {
          const text = part.trim().replace(/^([A-Z_]+=\S+ )+/, '');
          const command = { place: `${name}:${first + index}`, text, remark, folder };
          folder = movedTo(folder, text);
          return text === '' ? [] : [command];
        });
      });
    });
}

// The name of the clone is that of the repository.
function movedTo(folder: string, text: string): string {
  const [, to] = /^cd (\S+)$/.exec(text) ?? [];
  return to === undefined || to === 'iscsidsc' ? folder : `${folder}/${to}`;
}
