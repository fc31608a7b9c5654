import { emitWarning } from '../call/status.js';
import { StatusWarning } from '../errors.js';
import { disposed, type EndReason, processEnded } from './end-errors.js';
import { errorFrom, fromData } from './error-data.js';
import { type ChildEnd, ForkedChild, type NodeChild, type UtilityChild } from './forked-child.js';
import type { ToParent } from './messages.js';
import type { RemoteCall } from './remote-call.js';

/** How long a child may take to start. A slow machine must not be taken for a broken one. */
const START_MS = 60_000;

/** The times of a child, in milliseconds. */
export interface ChildTimes {
  readonly graceMs: number;
  readonly idleMs: number;
}

/** Who is told of a child. */
export interface ChildOwner {
  /** It takes calls now. */
  onReady(): void;
  /** A native call in it is abandoned, and it must be replaced. */
  onStuck(): void;
  /** It may be killed. The owner does that once another child can take its calls. */
  onGraceOver(): void;
  /** It is gone, or will be. These calls have only read, or were not made. */
  onEnded(child: InitiatorChild, callsLeft: RemoteCall[]): void;
}

/** A process that makes native calls, from its start to its end. */
export class InitiatorChild {
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
  readonly #child: ForkedChild;
  readonly #times: ChildTimes;
  readonly #owner: ChildOwner;
  readonly #calls = new Map<number, RemoteCall>();
  readonly #startTimer: NodeJS.Timeout;
  #isReady = false;
  #isEnded = false;
  #abandoned = 0;
  #isGraceOver = false;
  #idleTimer: NodeJS.Timeout | undefined;
  #graceTimer: NodeJS.Timeout | undefined;
  #pingTimer: NodeJS.Timeout | undefined;
  #onGone: () => void = () => {};

  constructor(fork: () => NodeChild | UtilityChild, times: ChildTimes, owner: ChildOwner) {
    this.#times = times;
    this.#owner = owner;
    this.gone = new Promise(resolve => {
      this.#onGone = resolve;
    });
    this.#child = new ForkedChild(fork(), {
      onMessage: message => this.#receive(message),
      onEnd: end => {
        this.#onGone();
        this.#end(this.#isReady ? 'crashed' : 'notStarted', end);
      },
    });
    this.#startTimer = setTimeout(() => this.kill('notStarted'), START_MS).unref();
    this.#keepOrLeave();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get isStuck(): boolean {
    return this.#abandoned > 0;
  }

  get isGraceOver(): boolean {
    return this.#isGraceOver;
  }

  get isIdle(): boolean {
    return this.#calls.size === 0;
  }

  /** Makes the call, now or when it has started. */
  take(call: RemoteCall): void {
    this.#calls.set(call.id, call);
    this.#keepOrLeave();
    call.onEnd = () => this.#endCall(call);
    if (this.#isReady) this.#sendCall(call);
  }

  /** Ends the process, whatever it does. */
  kill(reason: EndReason): void {
    if (this.#isEnded) return;
    this.#child.kill();
    this.#end(reason, {});
  }

  #sendCall({ id, name, args, sent }: RemoteCall): void {
    const { functions, signals } = sent;
    this.#child.send({ type: 'call', id, name, args, functions, signals });
  }

  #receive(message: ToParent): void {
    if (this.#isEnded) return;
    this.#isAlive();
    if ('id' in message) this.#receiveFor(message);
    else if (message.type === 'ready') this.#begin();
    else if (message.type === 'abandoned') this.#countAbandoned(message.count);
    else if (message.type === 'warning') tellWarning(errorFrom(message.warning));
  }

  #receiveFor(message: Extract<ToParent, { id: number }>): void {
    const { id } = message;
    const call = this.#calls.get(id);
    if (call === undefined) return;
    if (message.type === 'callback') {
      if (!call.callBack(message.index, fromData(message.args) as unknown[])) this.#child.send({ type: 'abort', id });
      return;
    }
    this.#calls.delete(id);
    if (message.type === 'result') call.resolve(fromData(message.result));
    else call.reject(errorFrom(message.error, call.sent.signal));
    this.#keepOrLeave();
  }

  #begin(): void {
    this.#isReady = true;
    clearTimeout(this.#startTimer);
    for (const call of this.#calls.values()) this.#sendCall(call);
    this.#keepOrLeave();
    this.#owner.onReady();
  }

  /** The time of a call has ended, or its signal has fired. */
  #endCall(call: RemoteCall): void {
    const { id, sent } = call;
    if (!this.#isReady) {
      this.#calls.delete(id);
      call.reject(call.endError('notStarted'));
      this.#keepOrLeave();
      return;
    }
    if (sent.signal?.aborted) this.#child.send({ type: 'abort', id });
    this.#watch();
  }

  /** The child ends a call itself, unless it cannot: one that does not answer at all is killed. */
  #watch(): void {
    if (this.#pingTimer !== undefined) return;
    this.#child.send({ type: 'ping' });
    this.#pingTimer = setTimeout(() => this.kill('hung'), this.#times.graceMs);
  }

  #isAlive(): void {
    if (this.#pingTimer === undefined) return;
    clearTimeout(this.#pingTimer);
    this.#pingTimer = setTimeout(() => {
      this.#pingTimer = undefined;
      if ([...this.#calls.values()].some(({ isAtEnd }) => isAtEnd)) this.#watch();
    }, this.#times.graceMs);
  }

  #countAbandoned(count: number): void {
    this.#abandoned = count;
    if (count === 0) {
      clearTimeout(this.#graceTimer);
      this.#graceTimer = undefined;
      this.#isGraceOver = false;
      this.#keepOrLeave();
      return;
    }
    if (this.#graceTimer !== undefined) return;
    this.#graceTimer = setTimeout(() => {
      this.#isGraceOver = true;
      this.#owner.onGraceOver();
    }, this.#times.graceMs);
    this.#owner.onStuck();
  }

  /** A child with calls keeps the program alive, and one without them ends after a while. */
  #keepOrLeave(): void {
    this.#child.isNeeded = this.#calls.size > 0;
    clearTimeout(this.#idleTimer);
    const { idleMs } = this.#times;
    if (this.#calls.size > 0 || this.isStuck || !this.#isReady || idleMs === Number.POSITIVE_INFINITY) return;
    this.#idleTimer = setTimeout(() => this.kill('idle'), idleMs).unref();
  }

  #end(reason: EndReason, end: ChildEnd): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    for (const timer of [this.#startTimer, this.#idleTimer, this.#graceTimer, this.#pingTimer]) clearTimeout(timer);
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    // dispose() is waited for until the process is gone.
    this.#child.isNeeded = reason === 'disposed';
    const pending = this.#isReady ? 'running' : 'notStarted';
    const left: RemoteCall[] = [];
    for (const call of calls) {
      if (reason === 'hung' && call.isAtEnd) call.reject(call.endError(pending));
      else if (reason === 'hung' && (call.onlyReads || !this.#isReady)) left.push(call);
      else if (reason === 'disposed') call.reject(disposed(pending));
      else call.reject(processEnded(reason, pending, end));
    }
    this.#owner.onEnded(this, left);
  }
}

function tellWarning(warning: Error): void {
  if (warning instanceof StatusWarning) emitWarning(warning);
  else process.emitWarning(warning.message, warning.name);
}
