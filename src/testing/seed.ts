/**
 * Gives every property test the same seed, so that a run can be repeated: `SEED=7 npm test` runs other cases,
 * and a failing property prints the seed and path that replay it. Tests have all families at once.
 */

import fc from 'fast-check'
import '../history/everything.ts'

fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) })
