/** Migration: old documents take each step that is theirs, in order, and the present one takes none. */

import { describe, expect, it } from 'vitest'
import { exampleCalled } from './examples/index.ts'
import { type Migrations, migrateFrom, migrateScenario } from './migrate.ts'

const orders = exampleCalled('orders')

const steps: Migrations = [
  (document) => ({ ...document, path: `${document.path}2` }),
  (document) => ({ ...document, path: `${document.path}3` }),
]

describe('migration', () => {
  it.each([
    [1, '123'],
    [2, '13'],
    [3, '1'],
  ])('given a document of version %i of three, then it goes through %s', (version, path) => {
    expect(migrateFrom({ path: '1' }, version, steps)).toEqual({ path })
  })

  it('given a document of the present version, then it stays as it is', () => {
    expect(migrateScenario(orders.scenario)).toEqual({ ok: true, value: orders.scenario })
  })

  it.each(['eventarium-scenario/0', 'eventarium-scenario/01', 'eventarium-scenario/1e9', 7, null])(
    'given the format %j, then it is refused',
    (format) => {
      expect(migrateScenario({ format })).toMatchObject({ ok: false, path: 'format' })
    },
  )
})
