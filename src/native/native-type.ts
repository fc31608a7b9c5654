/**
 * What Koffi knows of a declared type: its size, its alignment, and the offset of every member. It is Koffi's
 * `TypeObject`, said again: Koffi's own declarations are ESM, which TypeScript does not let ours for CommonJS import.
 */
export interface NativeType {
  /** Made up by Koffi for the structs: its names are global in a process, so the package gives none. */
  name: string;
  /** Its kind. */
  primitive: NativePrimitive;
  /** In bytes. */
  size: number;
  /** In bytes. */
  alignment: number;
  /** Whether Koffi frees what a function of this type gives. */
  disposable: boolean;
  /** How many elements an array has. */
  length?: number;
  /** What Koffi makes of an array when it decodes one. */
  hint?: 'Array' | 'Typed' | 'Buffer' | 'String';
  /** What a pointer points to, or the type of an array's elements. */
  ref?: NativeType;
  /** The members of a struct by name. */
  members?: Record<string, NativeMember>;
  /** The signature of a function. */
  proto?: NativePrototype;
  /** The numbers of an enumeration by name. */
  values?: Record<string, number | bigint>;
}

/** A member of a struct. */
export interface NativeMember {
  /** As in the C header. */
  name: string;
  /** The type of its value. */
  type: NativeType;
  /** In bytes from the start of the struct. */
  offset: number;
}

/** The signature of a function. */
export interface NativePrototype {
  /** Made up by Koffi, too. */
  name: string;
  /** In the order of the C declaration. */
  arguments: NativeType[];
  /** What it returns. */
  result: NativeType;
}

/** What Koffi calls the kinds of types. */
export type NativePrimitive =
  | 'Void'
  | 'Bool'
  | 'Int8'
  | 'UInt8'
  | 'Int16'
  | 'Int16S'
  | 'UInt16'
  | 'UInt16S'
  | 'Int32'
  | 'Int32S'
  | 'UInt32'
  | 'UInt32S'
  | 'Int64'
  | 'Int64S'
  | 'UInt64'
  | 'UInt64S'
  | 'String'
  | 'String16'
  | 'Pointer'
  | 'Record'
  | 'Union'
  | 'Array'
  | 'Float32'
  | 'Float64'
  | 'Prototype'
  | 'Callback';
