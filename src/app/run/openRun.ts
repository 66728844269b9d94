/** A run that an experiment computed: opened as work of its own, so that what was open stays, or as a link to send. */
import type { RunLink, RunToOpen } from '../../lab/lab.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { encodeMoment } from '../../scenario/share/link.ts'
import type { SharedMoment } from '../../scenario/share/moment.ts'
import { firstBranch } from '../../session/branches.ts'
import { addressOf } from '../address.ts'
import { desk } from '../desk.ts'
import { appVersion } from '../momentNow.ts'

export function openRun(run: RunToOpen): void {
  desk().openOwn({ moment: momentOfRun(run) })
}

export async function linkToRun(run: RunToOpen): Promise<RunLink> {
  const encoded = await encodeMoment(momentOfRun(run))
  return encoded.ok ? { ok: true, address: addressOf(encoded.fragment) } : encoded
}

function momentOfRun(run: RunToOpen): SharedMoment {
  const { scenario, script, title, timeUs, factIndex, message, hash } = run
  const named = { ...scenario, title: `${scenario.title}: ${title}`.slice(0, LIMITS.titleChars) }
  const branch = firstBranch(named, [...script])
  return {
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
    hash: hash ?? '',
    trail: '',
  }
}
