/** What links and trials say of filters, as they are in the document and after an act has changed them. */
import { describe, expect, test } from 'vitest'
import './everything.ts'
import type { Action, Scenario } from '../scenario/document.ts'
import type { ExampleId } from '../scenario/examples/catalog.ts'
import { exampleCalled } from '../scenario/examples/index.ts'
import { changedFilter } from './changedFilter.ts'
import { History } from './history.ts'
import { exampleSubject, letsThrough, type Place, subscriptionsAt } from './subscriptions.ts'

const S = 1_000_000

function at(id: ExampleId, place: string, action: Action | null, timeUs: number) {
  const { scenario } = exampleCalled(id)
  const history = new History(scenario, action ? [action] : [])
  while (history.advance()) {}
  history.seek({ atUs: timeUs })
  const frame = history.frame()
  const node = scenario.nodes.find((each) => each.id === place) as Place
  return { scenario, frame, node, subscriptions: subscriptionsAt(scenario, node, frame) }
}

const heard = ({ node, subscriptions }: ReturnType<typeof at>, subject: string) =>
  subscriptions.filter(({ filter }) => letsThrough(node, filter, subject)).map(({ who }) => who)

const linkOf = ({ links }: Scenario, id: string) => {
  const link = links.find((each) => each.id === id)
  if (!link) throw new Error(id)
  return link
}

describe('given subscriptions of each system', () => {
  test.each([
    ['nats-filters', 'nats', 'to-smoke', 'b1.>', 'b1.f2.heat', 'alarm'],
    ['mqtt-filters', 'broker', 'doors-link', 'garden/#', 'garden/gate', 'doors'],
    ['redis-fire-and-forget', 'redis', 'to-ticker', 'score:*', 'score:9', 'ticker'],
  ] as const)(
    'when a filter of %s is changed, then it counts from then on and says so',
    (id, place, link, filter, subject, who) => {
      const before = at(id, place, null, 2 * S)
      expect(heard(before, subject)).not.toContain(who)
      expect(before.subscriptions.some(({ changed }) => changed)).toBe(false)
      const after = at(id, place, { atUs: 2 * S, do: 'filter', link, filter }, 6 * S)
      expect(heard(after, subject)).toContain(who)
      expect(changedFilter(linkOf(after.scenario, link), after.frame)).toBe(filter)
      expect(after.subscriptions.find((each) => each.link === link)).toMatchObject({
        changed: true,
      })
    },
  )

  test('when the filter of a durable consumer is changed, then its link says so', () => {
    const { scenario } = exampleCalled('nats-work-queue')
    const link = scenario.links.find(
      ({ to }) => scenario.nodes.find(({ id }) => id === to)?.kind === 'natsConsumer',
    )
    if (!link) throw new Error('a durable consumer')
    const filter = 'jobs.small'
    const after = at(
      'nats-work-queue',
      'nats',
      { atUs: S, do: 'filter', link: link.id, filter },
      2 * S,
    )
    expect(changedFilter(link, after.frame)).toBe(filter)
  })

  test('when nothing has matched a filter, then what it would match is matched by it', () => {
    for (const [kind, filter] of [
      ['natsServer', 'a.*.>'],
      ['mqttBroker', '$share/g/a/+/#'],
      ['redisServer', 'h[ae]llo?*'],
    ] as const) {
      expect(letsThrough({ kind }, filter, exampleSubject({ kind }, filter))).toBe(true)
    }
  })
})
