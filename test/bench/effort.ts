/** How much is done for one number. */
export interface Effort {
  /** Batches of each side in one process. */
  rounds: number;
  /** Of the quicker side. */
  batchMs: number;
  warmupMs: number;
  /** Processes of each side, for what one process cannot compare. */
  processes: number;
  /** Processes of each side that do nothing but import. */
  imports: number;
  /** How long one process of the Windows tier measures. */
  processMs: number;
}

export const FULL: Effort = { rounds: 15, batchMs: 20, warmupMs: 400, processes: 9, imports: 41, processMs: 400 };
export const QUICK: Effort = { rounds: 3, batchMs: 1, warmupMs: 80, processes: 1, imports: 5, processMs: 40 };
