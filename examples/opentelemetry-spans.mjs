// Turns each native call into a span of OpenTelemetry, a child of the span in which it was asked for.
import { tracingChannel } from 'node:diagnostics_channel';
import { parseArgs } from 'node:util';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { describeSessions, describeTargets } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const USAGE = `usage: node opentelemetry-spans.mjs [--simulate]
Asks for the sessions and the targets at once, and prints the spans of both.`;
// Part of asking: memory that was too small (ERROR_INSUFFICIENT_BUFFER, ERROR_MORE_DATA), and the end of a list.
const EXPECTED = [0, 122, 234, 18];

/** Copy this function into your program, and call it once with your tracer. */
function traceNativeCalls(tracer) {
  const spans = new WeakMap();
  const start = call => spans.set(call, tracer.startSpan(call.syscall, { attributes: sent(call) }));
  const end = call => {
    const span = spans.get(call);
    // `end` of an async call only says that it has been started.
    if (span === undefined || call.durationMs === undefined) return;
    spans.delete(call);
    span.setAttributes(returned(call));
    if (call.error !== undefined) span.recordException(call.error);
    if (isFailure(call)) {
      span.setAttribute('error.type', call.statusName ?? call.error?.code ?? call.error?.name ?? '_OTHER');
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  };
  tracingChannel('iscsidsc:call').subscribe({ start, end, asyncEnd: end });
}

function sent({ lane = 'none', waitedMs, bufferSize }) {
  return { 'iscsidsc.lane': lane, 'iscsidsc.waited_ms': waitedMs, 'iscsidsc.buffer_size': bufferSize };
}

function returned({ statusName, answerSize, isAbandoned }) {
  return { 'iscsidsc.status': statusName, 'iscsidsc.answer_size': answerSize, 'iscsidsc.abandoned': isAbandoned };
}

function isFailure({ error, status }) {
  const isWarning = status >>> 16 === 0xafff;
  return error !== undefined || !(isWarning || EXPECTED.includes(status));
}

/** Asks for both at once: many calls wait for their turn, and each is still below its own caller. */
async function ask(tracer, library) {
  const inSpan = (name, action) =>
    tracer.startActiveSpan(name, async span => {
      try {
        await action();
      } catch (error) {
        span.recordException(error);
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
        throw error;
      } finally {
        span.end();
      }
    });
  const both = [
    inSpan('describe sessions', () => describeSessions({ library, timeoutMs: 30_000 })),
    inSpan('describe targets', () => describeTargets({ library, timeoutMs: 30_000 })),
  ];
  const failed = (await Promise.allSettled(both)).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

function print(spans, parent, indent = '') {
  for (const span of spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)) {
    const { name, duration, attributes, status } = span;
    const ms = (duration[0] * 1e3 + duration[1] / 1e6).toFixed(1);
    const details = [attributes['iscsidsc.lane'], attributes['iscsidsc.status']].filter(Boolean).join(' ');
    const failed = status.code === SpanStatusCode.ERROR ? '  FAILED' : '';
    console.log(`${indent}${name}  ${ms} ms  ${details}`.trimEnd() + failed);
    print(spans, span.spanContext().spanId, `${indent}  `);
  }
}

async function main({ simulate }) {
  // In your program this is an exporter for your collector, such as that of @opentelemetry/exporter-trace-otlp-http.
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register();
  const tracer = trace.getTracer('iscsidsc');
  traceNativeCalls(tracer);
  const simulator = simulate ? createSimulator() : undefined;
  if (simulator) console.log('These sessions are SIMULATED.');
  try {
    await ask(tracer, simulator);
  } finally {
    await provider.forceFlush();
    print(exporter.getFinishedSpans());
    simulator?.dispose();
  }
}

try {
  const { help, ...settings } = parseArgs({
    options: { simulate: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  }).values;
  if (help) console.log(USAGE);
  else await main(settings);
} catch (error) {
  if (!error.code) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
