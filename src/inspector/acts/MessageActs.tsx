/** What can be done to this very message where it is: answer it, take it away, make it one that nobody can process. */
import type { Frame } from '../../history/frame.ts'
import type { ActionBody, NodeKind, Scenario } from '../../scenario/document.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import styles from './acts.module.css'

interface Choice {
  label: string
  body: ActionBody
  danger?: boolean
}

export function MessageActs({ message }: { message: number }) {
  const session = useVerbs()
  const choices = useSession(({ frame, scenario }) =>
    frame === null ? '' : JSON.stringify(choicesFor(message, frame, scenario)),
  )
  const listed = choices === '' ? [] : (JSON.parse(choices) as Choice[])
  if (listed.length === 0) return null
  return (
    <div className={styles.buttons}>
      {listed.map(({ label, body, danger }) => (
        <Button
          key={label}
          size="small"
          variant={danger ? 'danger' : 'quiet'}
          onClick={() => session.act(body)}
        >
          {label}
        </Button>
      ))}
    </div>
  )
}

const HANDLERS: readonly NodeKind[] = [
  'consumer',
  'pollingConsumer',
  'natsSubscriber',
  'redisSubscriber',
  'redisConsumer',
  'redisReader',
]

/** What a subscriber may say of a message to a JetStream consumer. */
function settlements(node: string, message: number): Choice[] {
  const settle = (how: 'ack' | 'nak' | 'term' | 'progress', label: string, delayMs?: number) => ({
    label,
    body: {
      do: 'settle' as const,
      node,
      message,
      how,
      ...(delayMs !== undefined && { delayMs }),
    },
  })
  return [
    settle('ack', 'Acknowledge it'),
    settle('nak', 'Nak it'),
    settle('nak', 'Nak with 2 s delay', 2000),
    settle('term', 'Terminate it'),
    settle('progress', 'Extend its ack wait'),
  ]
}

/** What may be said of a message that a cloud subscription has given to a client. */
function leaseAnswers(node: string, message: number): Choice[] {
  const answer = (how: 'ack' | 'nack' | 'extend', label: string) => ({
    label,
    body: { do: 'settleLease' as const, node, message, how },
  })
  return [
    answer('ack', 'Acknowledge it'),
    answer('nack', 'Nack it'),
    answer('extend', 'Extend its ack deadline'),
  ]
}

/** What a member of a persistent subscription may say of an event that it holds. */
function eventAnswers(node: string, message: number): Choice[] {
  const answer = (how: 'ack' | 'retry' | 'park' | 'skip', label: string) => ({
    label,
    body: {
      ...{ do: 'sourcing' as const, node },
      act: { what: 'answerEvent' as const, message, how },
    },
  })
  return [
    answer('ack', 'Acknowledge it'),
    answer('retry', 'Retry it'),
    answer('park', 'Park it'),
    answer('skip', 'Skip it'),
  ]
}

/** Whether it takes messages from a JetStream consumer: what came on a plain subscription needs no answer. */
function isDurable(subscriber: string, { links, nodes }: Scenario): boolean {
  return links.some(
    ({ from, to }) =>
      to === subscriber && nodes.some(({ id, kind }) => id === from && kind === 'natsConsumer'),
  )
}

/** What its places allow at this moment. */
function choicesFor(message: number, frame: Frame, scenario: Scenario): Choice[] {
  const choices: Choice[] = []
  for (const node of frame.nodes) {
    if (node.kind === 'consumer' && node.jobs.some((job) => job.message === message)) {
      const answer = (how: 'ack' | 'nack' | 'requeue', label: string) =>
        choices.push({ label, body: { do: 'answer', node: node.id, message, how } })
      answer('ack', 'Acknowledge it')
      answer('requeue', 'Requeue it')
      answer('nack', 'Reject it')
    }
    const holds = node.kind === 'natsSubscriber' && node.jobs.some((job) => job.message === message)
    if (holds && isDurable(node.id, scenario)) {
      choices.push(...settlements(node.id, message))
    }
    if (node.kind === 'redisGroup' && node.pending.some((held) => held.message === message)) {
      const body = {
        do: 'redisStreams' as const,
        node: node.id,
        act: { what: 'acknowledge' as const, message },
      }
      choices.push({ label: `Acknowledge it in ${node.name}`, body })
    }
    if (
      node.kind === 'redisStream' &&
      node.entries.some((entry) => entry.message === message && !entry.gone)
    ) {
      const body = {
        do: 'redisStreams' as const,
        node: node.id,
        act: { what: 'deleteEntry' as const, message },
      }
      choices.push({ label: 'Delete it (XDEL)', body, danger: true })
    }
    if (node.kind === 'cloudSubscription' && node.inFlight.some((out) => out.message === message)) {
      choices.push(...leaseAnswers(node.id, message))
    }
    if (node.kind === 'processManager') {
      const out = node.group?.out.some((each) => each.by === node.id && each.message === message)
      if (out) choices.push(...eventAnswers(node.id, message))
    }
    if (node.kind === 'queue' && node.type !== 'stream' && node.ready[0]?.message === message) {
      choices.push({ label: 'Drop it', body: { do: 'drop', at: node.id, message }, danger: true })
    }
  }
  const flight = frame.flights.find((each) => each.message === message && !each.back)
  const link = flight && scenario.links[flight.link]
  if (link) {
    choices.push({ label: 'Drop it', body: { do: 'drop', at: link.id, message }, danger: true })
  }
  const handled = scenario.nodes.some(({ kind }) => HANDLERS.includes(kind))
  if (handled) choices.push({ label: 'Poison it', body: { do: 'poison', message }, danger: true })
  return choices
}
