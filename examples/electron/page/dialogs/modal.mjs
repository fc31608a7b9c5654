/** A dialog that cannot be left while something runs in it: Escape then does what its Cancel button does. */
export class Modal {
  #dialog;
  #running;

  /** `fallback` gets the focus when what had it before is gone. */
  constructor(dialog, fallback) {
    this.#dialog = dialog;
    dialog.addEventListener('cancel', event => {
      if (this.#running === undefined) return;
      event.preventDefault();
      this.#running.cancel();
    });
    dialog.addEventListener('close', () => {
      if (document.activeElement === document.body) fallback().focus();
    });
  }

  get isOpen() {
    return this.#dialog.open;
  }

  open() {
    this.#dialog.showModal();
  }

  /** Ends what runs, or closes the dialog. */
  leave() {
    if (this.#running) this.#running.cancel();
    else this.close();
  }

  close() {
    this.#dialog.close();
  }

  /** Waits for an operation. Meanwhile nothing else can be begun in the dialog. */
  async run(operation) {
    this.#running = operation;
    this.#dialog.classList.add('running');
    try {
      return await operation.done;
    } finally {
      this.#running = undefined;
      this.#dialog.classList.remove('running');
    }
  }

  get isRunning() {
    return this.#running !== undefined;
  }
}
