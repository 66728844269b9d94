/** Every address leads somewhere, and none leads anywhere by accident. */
import { describe, expect, test } from 'vitest'
import {
  claimAddress,
  conformanceAddress,
  homeAddress,
  readRoute,
  runAddress,
  workAddress,
} from './route.ts'

describe('given the fragment of an address', () => {
  test('an empty one is home', () => {
    for (const fragment of ['', '#', '#/', homeAddress]) {
      expect(readRoute(fragment)).toEqual({ screen: 'home' })
    }
  })

  test('the addresses that we make lead back to what they were made for', () => {
    expect(readRoute(runAddress('orders-workers'))).toEqual({
      screen: 'run',
      exampleId: 'orders-workers',
      atUs: null,
    })
    expect(readRoute(conformanceAddress)).toEqual({ screen: 'conformance' })
    expect(readRoute(claimAddress('queue-order'))).toEqual({
      screen: 'claim',
      claimId: 'queue-order',
    })
    expect(readRoute(workAddress('m3k9'))).toEqual({ screen: 'work', workId: 'm3k9' })
  })

  test('a run can be opened at a moment', () => {
    expect(readRoute('#/run/orders?t=12400ms')).toMatchObject({ atUs: 12_400_000 })
  })

  test('a moment is anything that wants to be one, damaged or not', () => {
    expect(readRoute('#m=1.zz.q.AAAA')).toEqual({ screen: 'moment', fragment: '#m=1.zz.q.AAAA' })
    expect(readRoute('#m=')).toMatchObject({ screen: 'moment' })
  })

  test('what we do not know is lost, not home', () => {
    for (const fragment of ['#/run/', '#/run/a/b', '#/run/orders?t=-1ms', '#hello', '#/admin']) {
      expect(readRoute(fragment)).toEqual({ screen: 'lost', fragment })
    }
  })
})
