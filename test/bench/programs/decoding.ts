import { measureDecoding, measureGrowth, measureTable } from '../decoding.js';
import type { Comparison } from '../turns.js';
import type { Form } from '../valid-reply.js';

export interface DecodingResult {
  sizes: Comparison[];
  growth: Comparison;
  table: Comparison;
}

// Decodes one form alone, as most programs do: what V8 learns of one would slow down the other.
const charset = process.argv[2] as Form;
const effort = JSON.parse(process.argv[3] as string);
const sizes = await measureDecoding(charset, effort);
const growth = await measureGrowth(charset, effort);
const result: DecodingResult = { sizes, growth, table: await measureTable(charset, effort) };
process.stdout.write(JSON.stringify(result));
