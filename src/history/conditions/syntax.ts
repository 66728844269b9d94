/** What a condition is once it is read: a tree whose nodes know where in the text they stand. */
import type { Place } from './problem.ts'
import type { Unit } from './tokens.ts'

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!='

/** What stands between the brackets of a word: a name, a length of time, or `by=key`. */
export type Argument = Place &
  ({ type: 'name'; text: string } | { type: 'time'; us: number } | { type: 'by'; text: string })

export type Expression = Place &
  (
    | { type: 'number'; value: number; unit: Unit }
    | { type: 'word'; word: string; wordAt: Place; args: Argument[]; called: boolean }
    | { type: 'negative' | 'not'; of: Expression }
    | { type: 'sum'; op: '+' | '-' | '*' | '/'; left: Expression; right: Expression }
    | { type: 'compare'; op: Comparison; left: Expression; right: Expression }
    | { type: 'and' | 'or'; left: Expression; right: Expression }
    | { type: 'rises' | 'falls'; of: Expression }
  )

/** What must hold of a whole run. */
export type Goal = Place &
  (
    | { type: 'always' | 'never' | 'eventually' | 'end'; of: Expression }
    | { type: 'at'; us: number; of: Expression }
    | { type: 'within'; us: number; after: Expression; of: Expression }
  )

/** A condition is true or false at each moment; goals are true or false of a run. */
export type Condition =
  | { type: 'condition'; of: Expression }
  | { type: 'goals'; goals: readonly Goal[] }
