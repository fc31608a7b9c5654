import type { Library } from 'iscsidsc';
import type { CountedLibrary } from './counted-library.js';
import type { Scenario } from './scenario.js';

/** An initiator under test. */
export interface Subject<In extends Scenario = Scenario> {
  /** Puts it into a scenario, with nothing left of the one before. */
  arrange(scenario: In): Library;
}

/** A library in a scenario, as the contract sees it. */
export type Arrange<In extends Scenario = Scenario> = (scenario: In) => CountedLibrary;

/** Gives an initiator as it is. */
export type Open = () => Library;

/** Declares a rule, as `it` of a test runner does. */
export type Declare = (rule: string, check: () => void | Promise<void>) => void;
