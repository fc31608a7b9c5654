/** What a scrape tells of one metric. */
export interface Metric {
  help: string;
  type: string;
  samples: { labels: Record<string, string>; value: number }[];
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
  const [, name, labelText, value] = SAMPLE.exec(line) ?? [];
  const metric = metrics.get(name ?? '');
  if (name !== current || !metric?.type) throw new Error(`no sample of ${current}: ${line}`);
  const labels = readLabels(labelText ?? '');
  const key = JSON.stringify(Object.entries(labels).sort());
  if (metric.samples.some(sample => JSON.stringify(Object.entries(sample.labels).sort()) === key)) {
    throw new Error(`the same labels again: ${line}`);
  }
  metric.samples.push({ labels, value: Number(value) });
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
