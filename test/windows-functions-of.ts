import type { Library } from 'iscsidsc';

/** For a library that wraps another one, whose functions of Windows it has. */
export function windowsFunctionsOf(inner: Library): Pick<Library, 'windowsFunc'> {
  return inner.windowsFunc ? { windowsFunc: inner.windowsFunc.bind(inner) as Required<Library>['windowsFunc'] } : {};
}
