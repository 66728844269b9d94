/** Every member is restarted in turn, in a group of dynamic members and in one of static members (KIP-345). */
import type { ExampleBody } from '../example.ts'
import { groupRun } from './groupRun.ts'

export const rollingDeploy: ExampleBody = groupRun({
  about:
    'A new version is rolled out: each member closes and is back after two seconds. In dynamic each restart is a rebalance, in which partitions are nobody’s; in static, whose members have a group.instance.id, there is none, because everyone is back within the session timeout. Try: make the session timeout of static shorter than two seconds.',
  partitions: 4,
  everyMs: 400,
  count: 100,
  keys: ['anna', 'ben', 'eva', 'quin', 'cleo', 'dan', 'hal', 'rosa'],
  members: ['dynamic', 'static'].flatMap((group) =>
    [1, 2].map((n) => ({
      id: `${group}-${n}`,
      group,
      service: { kind: 'fixed' as const, ms: 400 },
      sessionTimeoutMs: 6000,
      ...(group === 'static' && { staticMember: true }),
      closeAtMs: 4000 + n * 8000,
      restartAfterMs: 2000,
    })),
  ),
})
