/** Settings of those who write to event stores and follow them, for random scenarios. */
import fc from 'fast-check'
import type { Duration } from '../engine/distributions.ts'
import type { NodeKind, Scenario } from '../scenario/document.ts'
import type { SourcingAct } from '../scenario/sourcingActs.ts'

const STREAM = 'account-acc1'

export function sourcingSettings(durations: fc.Arbitrary<Duration>) {
  return {
    commandHandler: {
      service: durations,
      retries: fc.integer({ min: 0, max: 3 }),
      backoffMs: fc.constantFrom(0, 50),
      expects: fc.constantFrom('version', 'any'),
      foldMs: fc.constantFrom(0, 5),
      snapshotEvery: fc.constantFrom(0, 2),
      checksSnapshots: fc.boolean(),
      foldVersion: fc.constantFrom(1, 2),
      writes: fc.constantFrom('v1', 'v2', 'newType'),
      reads: fc.constantFrom('old', 'strict', 'tolerant', 'upcaster'),
    },
    projection: {
      source: fc.constantFrom(...SOURCES),
      service: durations,
      mode: fc.constantFrom('async', 'inline'),
      batch: fc.integer({ min: 1, max: 3 }),
      lagMs: fc.constantFrom(0, 300),
      checkpoint: fc.constantFrom('with', 'before', 'after'),
      checkpointMs: fc.constantFrom(0, 80),
      idempotent: fc.boolean(),
      answers: fc.constantFrom('now', 'whenThere'),
      reads: fc.constantFrom('old', 'strict', 'tolerant', 'upcaster'),
      onUnreadable: fc.constantFrom('stop', 'skip'),
    },
    processManager: {
      service: durations,
      group: fc.constantFrom('g1', 'g2'),
      source: fc.constantFrom(...SOURCES),
      bufferSize: fc.integer({ min: 1, max: 3 }),
      messageTimeoutMs: fc.constantFrom(100, 2000),
      maxRetryCount: fc.integer({ min: 0, max: 2 }),
      onFail: fc.constantFrom('retry', 'park', 'skip'),
      checkpointMs: fc.constantFrom(0, 80),
      remembers: fc.boolean(),
      timeoutMs: fc.constantFrom(200, 2000),
      retries: fc.integer({ min: 0, max: 2 }),
      failOn: fc.constantFrom('', 'acc2'),
      effect: fc.constant('Mail: {body}'),
    },
    service: {
      service: durations,
      writes: fc.constantFrom('databaseFirst', 'brokerFirst', 'outbox', 'cdc'),
      writeMs: fc.constantFrom(0, 80),
      pollMs: fc.constantFrom(50, 300),
      batch: fc.integer({ min: 1, max: 3 }),
      markMs: fc.constantFrom(0, 80),
      relays: fc.integer({ min: 1, max: 3 }),
      claims: fc.constantFrom('none', 'lock', 'lease'),
      leaseMs: fc.constantFrom(100, 1000),
      confirms: fc.boolean(),
      confirmMs: fc.constantFrom(50, 500),
      crashEvery: fc.constantFrom(0, 2),
      restartAfterMs: fc.constantFrom(100, 1000),
    },
    relay: {
      pollMs: fc.constantFrom(10, 200),
      batch: fc.integer({ min: 1, max: 4 }),
      body: fc.constantFrom('', '{type} {data}'),
      saveMs: fc.integer({ min: 0, max: 50 }),
      confirms: fc.boolean(),
      confirmMs: fc.constantFrom(50, 500),
    },
  }
}

const SOURCES = [
  ...['', '$ce-account', STREAM],
  ...['$all?type=Deposited,With', '$all?stream=account-'],
]

/** What can be done to each kind of node. */
const ACTS: Partial<Record<NodeKind, readonly SourcingAct[]>> = {
  projection: [
    { what: 'rebuild', how: 'inPlace' },
    { what: 'rebuild', how: 'blueGreen' },
    { what: 'rebuild', how: 'blueGreen', view: 'counts' },
  ],
  processManager: [
    { what: 'rewind', to: 0 },
    { what: 'rewind', to: 3 },
    { what: 'replayParked' },
    ...(['ack', 'retry', 'park', 'skip'] as const).flatMap((how) =>
      [5, 9, 14].map((message) => ({ what: 'answerEvent' as const, message, how })),
    ),
  ],
  eventStore: [
    {
      what: 'append',
      stream: STREAM,
      expected: 1,
      type: 'Deposited',
      data: { account: 'acc1', amount: 1 },
    },
    { what: 'append', stream: STREAM, expected: -2, type: 'Noted', data: {} },
    { what: 'deleteStream', stream: STREAM, forGood: false },
    { what: 'deleteStream', stream: STREAM, forGood: true },
    { what: 'limitStream', stream: STREAM, maxCount: 2, maxAgeMs: null },
    { what: 'limitStream', stream: STREAM, maxCount: null, maxAgeMs: 500 },
    { what: 'truncateStream', stream: STREAM, before: 2 },
    { what: 'truncateStream', stream: STREAM, before: 0 },
    { what: 'copyStream', stream: STREAM, to: 'account-acc9' },
    { what: 'deleteKey', person: 'Ann' },
  ],
}

/** Acts of event sourcing for random scripts. */
export function sourcingActs({ nodes }: Scenario) {
  return nodes.flatMap(({ id, kind }) => {
    const acts = ACTS[kind]
    if (!acts) return []
    return fc.record({
      do: fc.constant('sourcing' as const),
      node: fc.constant(id),
      act: fc.constantFrom(...acts),
    })
  })
}
