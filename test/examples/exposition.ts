/** What a scrape tells of one metric. */
export interface Metric {
  help: string;
  type: string;
  /** `name` differs from that of the metric in a histogram: `_bucket`, `_sum`, `_count`. */
  samples: { name: string; labels: Record<string, string>; value: number }[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"/y;
const HELP = new RegExp(`^# HELP (${NAME}) ((?:[^\\\\]|\\\\[\\\\n])*)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary|untyped)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? ([-+]?(?:\\d+(?:\\.\\d+)?(?:e[-+]?\\d+)?|Inf)|NaN)$`, 's');

/**
 * Reads the text format 0.0.4 of Prometheus, strictly: a metric's lines are together, HELP and TYPE once and first, no
 * two samples have the same labels, and the last line ends too.
 */
export function parseExposition(text: string): Map<string, Metric> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const metrics = new Map<string, Metric>();
  let current = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const [, helpName, help] = HELP.exec(line) ?? [];
    const [, typeName, type] = TYPE.exec(line) ?? [];
    if (helpName !== undefined && help !== undefined) {
      if (metrics.has(helpName)) throw new Error(`a second HELP: ${line}`);
      metrics.set(helpName, { help, type: '', samples: [] });
      current = helpName;
    } else if (typeName !== undefined && type !== undefined) {
      const metric = metrics.get(typeName);
      if (typeName !== current || !metric || metric.type || metric.samples.length > 0) {
        throw new Error(`TYPE in the wrong place: ${line}`);
      }
      metric.type = type;
    } else if (!line.startsWith('# ') && line !== '') {
      readSample(line, current, metrics);
    }
  }
  return metrics;
}

function readSample(line: string, current: string, metrics: Map<string, Metric>): void {
  const [, name, labelText, value = ''] = SAMPLE.exec(line) ?? [];
  const metric = metrics.get(current);
  const suffixes = metric?.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
  if (name === undefined || !metric?.type || !suffixes.some(suffix => name === current + suffix)) {
    throw new Error(`no sample of ${current}: ${line}`);
  }
  const labels = readLabels(labelText ?? '');
  const keyOf = (sampleName: string, own: object) => JSON.stringify([sampleName, Object.entries(own).sort()]);
  if (metric.samples.some(sample => keyOf(sample.name, sample.labels) === keyOf(name, labels))) {
    throw new Error(`the same labels again: ${line}`);
  }
  metric.samples.push({ name, labels, value: Number(value.replace('Inf', 'Infinity')) });
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let offset = 0; offset < text.length; ) {
    LABEL.lastIndex = offset;
    const [pair, name = '', escaped = ''] = LABEL.exec(text) ?? [];
    if (pair === undefined || name in labels) throw new Error(`no label at ${offset} of ${text}`);
    labels[name] = escaped.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character));
    offset += pair.length;
    if (offset < text.length && text[offset++] !== ',') throw new Error(`no comma at ${offset - 1} of ${text}`);
  }
  return labels;
}

/** One series of a histogram. */
export interface Histogram {
  labels: Record<string, string>;
  count: number;
  sum: number;
}

/** Reads a histogram strictly: buckets that grow and that are counted up, the last one all, then sum and count. */
export function asHistograms(metric: Metric | undefined): Histogram[] {
  const series = new Map<
    string,
    { labels: Record<string, string>; buckets: [number, number][]; rest: Metric['samples'] }
  >();
  for (const sample of metric?.samples ?? []) {
    const { le, ...labels } = sample.labels;
    const key = JSON.stringify(labels);
    const own = series.get(key) ?? { labels, buckets: [], rest: [] };
    series.set(key, own);
    if (sample.name.endsWith('_bucket')) own.buckets.push([Number(le?.replace('+Inf', 'Infinity')), sample.value]);
    else own.rest.push(sample);
  }
  return [...series.values()].map(({ labels, buckets, rest }) => {
    const [sum, count, ...more] = rest;
    if (!sum?.name.endsWith('_sum') || !count?.name.endsWith('_count') || more.length > 0) {
      throw new Error(`no sum and count of ${JSON.stringify(labels)}`);
    }
    const grows = buckets.every(([le, value], index) => {
      const [before = Number.NEGATIVE_INFINITY, less = 0] = buckets[index - 1] ?? [];
      return le > before && value >= less;
    });
    const [last, all] = buckets.at(-1) ?? [];
    if (!grows || last !== Number.POSITIVE_INFINITY || all !== count.value) {
      throw new Error(`no buckets of a histogram: ${JSON.stringify(buckets)}`);
    }
    return { labels, count: count.value, sum: sum.value };
  });
}
