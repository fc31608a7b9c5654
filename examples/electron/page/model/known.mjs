const PARTS = ['nodeName', 'targets', 'disks', 'portals'];

/** The last known state: a part that could not be asked for keeps its value, which grows old. */
export class Known {
  #parts = Object.fromEntries(PARTS.map(name => [name, { value: undefined, time: undefined, error: undefined }]));
  /** Of the last update, in milliseconds since 1970. */
  time;
  simulated = false;

  take({ time, simulated, parts }) {
    this.time = time;
    this.simulated = simulated;
    for (const name of PARTS) {
      const part = this.#parts[name];
      const { value, error } = parts[name];
      part.error = error;
      if (error === undefined) Object.assign(part, { value, time });
    }
  }

  get nodeName() {
    return this.#parts.nodeName.value;
  }

  /** Undefined as long as they have never been known. */
  get targets() {
    return this.#parts.targets.value;
  }

  get disks() {
    return this.#parts.disks.value;
  }

  get portals() {
    return this.#parts.portals.value;
  }

  /** The errors of the parts that are old now, each once. */
  get errors() {
    const errors = PARTS.flatMap(name => this.#parts[name].error ?? []);
    const same = (one, other) => (one.code ?? one.message) === (other.code ?? other.message);
    return errors.filter((error, index) => errors.findIndex(each => same(each, error)) === index);
  }

  /** When the oldest part that is shown was known, if it is old. */
  get oldest() {
    const times = PARTS.flatMap(name => (this.#parts[name].error ? (this.#parts[name].time ?? []) : []));
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
