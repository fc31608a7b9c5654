export interface BundleOptions {
  /** `esm` unless given. */
  format?: 'esm' | 'cjs';
  /** The package's sources, in place of an installed package. */
  source?: boolean;
}

/** Gives the path of the bundle. */
export function bundle(entry: string, outfile: string, options?: BundleOptions): Promise<string>;
