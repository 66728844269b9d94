/**
 * Links of every version, opened and run: what they were shared with happens again, to the hash. The
 * samples lie in `scenario/share/links`: a link as it was written, and beside it the moment that it is.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import { History } from '../history/history.ts'
import { hashOfRun } from '../history/runHash.ts'
import { FAMILY_OF } from '../scenario/kinds.ts'
import { decodeMoment } from '../scenario/share/link.ts'
import { packMoment, type SharedMoment } from '../scenario/share/moment.ts'
import { agreedFacts, trailOf, trailPlaces } from '../scenario/share/trail.ts'

const folder = new URL('../scenario/share/links/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))

/** Links whose run is another one since a rule was mended, with its hash now. The page says so when they open. */
const CHANGED: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('changed.json', folder), 'utf8'),
)

async function opened(name: string): Promise<SharedMoment> {
  const decoded = await decodeMoment(readFileSync(new URL(name, folder), 'utf8').trim())
  if (!decoded.ok) throw new Error(decoded.sentence)
  return decoded.moment
}

/** The run of a moment, computed up to it. */
function historyOf({ scenario, branches, branchId, timeUs }: SharedMoment): History {
  const { script, seed } = must(
    branches.find(({ id }) => id === branchId),
    branchId,
  )
  const history = new History(scenario, script, { seed })
  while (history.computedUs <= timeUs && history.advance()) {}
  return history
}

describe.each(names)('given the link %s', (name) => {
  test('when it is opened and run, then it is the run that was shared', async () => {
    const moment = await opened(name)
    const history = historyOf(moment)
    const { factIndex } = history.seek({ atUs: moment.timeUs })
    expect(moment.hash).toMatch(/^[0-9a-f]{16}$/)
    expect(hashOfRun(history.live.records, moment.factIndex)).toBe(CHANGED[name] ?? moment.hash)
    if (!(name in CHANGED)) expect(factIndex).toBe(moment.factIndex)
  })
})

test('given every version up to the present, then there are links of it, and of the present one a link for each family', async () => {
  const versions = new Set(names.map((name) => /^v(\d+)-/.exec(name)?.[1]))
  const present = Math.max(...[...versions].map(Number))
  const { v } = packMoment(await opened(must(names[0], 'a link'))) as { v: number }
  expect(present).toBe(v)
  expect(versions.size).toBe(present)
  const families = new Set<string>()
  for (const name of names.filter((each) => each.startsWith(`v${present}-`))) {
    for (const { family } of (await opened(name)).scenario.brokers) families.add(family)
  }
  expect([...families].sort()).toEqual([...new Set(Object.values(FAMILY_OF))].sort())
})

describe('given a link with a trail', () => {
  test('when the run is another from some fact on, then the trail says up to where it agrees', async () => {
    const moment = await opened('v2-orders-workers-lanes.txt')
    const places = trailPlaces(moment.factIndex)
    const hashes = (m: SharedMoment) => {
      const { records } = historyOf(m).live
      return places.map((place) => hashOfRun(records, place))
    }
    expect(trailOf(hashes(moment))).toBe(moment.trail)
    expect(agreedFacts(moment.trail, moment.factIndex, hashes(moment))).toBe(places.at(-1))

    // On main nobody crashes at five seconds.
    const apart = historyOf(moment).live.records.facts.countAt(4_999_999)
    const agreed = agreedFacts(
      moment.trail,
      moment.factIndex,
      hashes({ ...moment, branchId: 'main' }),
    )
    expect(agreed).toBe(places.findLast((place) => place <= apart))
    expect(agreed).toBeGreaterThan(0)
  })

  test('when there is no trail, then nothing is said', () => {
    expect(agreedFacts('', 80, [])).toBe(null)
  })
})
