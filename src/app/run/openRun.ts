/** Opens a run that an experiment computed, as work of its own: what was open stays where it was. */
import type { RunToOpen } from '../../lab/lab.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { firstBranch } from '../../session/branches.ts'
import { desk } from '../desk.ts'
import { appVersion } from '../moment.ts'

export function openRun({ scenario, script, title, timeUs, factIndex, message }: RunToOpen): void {
  const named = { ...scenario, title: `${scenario.title}: ${title}`.slice(0, LIMITS.titleChars) }
  const branch = firstBranch(named, [...script])
  desk().openOwn({
    moment: {
      app: appVersion,
      scenario: named,
      exampleId: null,
      branches: [branch],
      branchId: branch.id,
      timeUs: timeUs ?? 0,
      // All facts of its microsecond, unless one of them is meant.
      factIndex: factIndex ?? Number.MAX_SAFE_INTEGER,
      selection: message === undefined ? null : { type: 'message', id: message },
      view: null,
      stage: null,
      condition: '',
      watches: [],
      hash: '',
      trail: '',
    },
  })
}
