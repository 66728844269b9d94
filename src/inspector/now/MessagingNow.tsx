/** What is inside the parts and clients of a queue-based system at the playhead: producer, exchange, queue, consumer. */

import type { LinkDoc } from '../../scenario/document.ts'
import { headersText } from '../../scenario/headersText.ts'
import { useSession } from '../../session/react.tsx'
import { Term } from '../../ui/Term.tsx'
import { Quiet, Readings, Rows, Table } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageChip, MessageRow, MomentLink, NodeLink } from '../Selectable.tsx'
import { countText } from '../timeText.ts'
import { BatchingNow } from './BatchingNow.tsx'
import { Jobs, Unlisted } from './Jobs.tsx'
import { effectCount, Ledger } from './Ledger.tsx'
import type { NowProps } from './nodeState.ts'

export function ProducerNow({ state }: NowProps<'producer'>) {
  const { published, nextAtUs, lastMessage, batching } = state
  return (
    <>
      <Readings
        of={[
          { name: 'Published', value: countText(published) },
          {
            name: 'Next by itself',
            value: nextAtUs === null ? 'none' : <MomentLink timeUs={nextAtUs} />,
          },
          lastMessage >= 0 && { name: 'Last', value: <MessageChip message={lastMessage} /> },
          batching.length > 0 && { name: 'Confirmed', value: countText(state.confirmed) },
          batching.length > 0 && {
            name: 'Given up',
            value: countText(state.gaveUp),
            lit: state.gaveUp > 0,
          },
        ]}
      />
      {batching.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one for each link, in their order
        <BatchingNow key={at} batching={each} />
      ))}
    </>
  )
}

export function ExchangeNow({ doc, state }: NowProps<'exchange'>) {
  const links = useSession((session) => session.scenario.links)
  const bound = links.filter((link) => link.from === doc.id)
  return (
    <>
      <Readings
        of={[
          { name: 'Routed', value: countText(state.routed) },
          {
            name: (
              <Term meaning="Messages that matched no binding. The exchange drops them: it stores nothing.">
                Unroutable
              </Term>
            ),
            value: countText(state.unroutable),
            lit: state.unroutable > 0,
          },
        ]}
      />
      <Part title="Bindings" aside={countText(bound.length)}>
        {bound.length === 0 ? (
          <Quiet>No queue is bound: everything published here is dropped. Connect a queue.</Quiet>
        ) : (
          <Table
            label="Bindings"
            columns={[{ name: 'Queue' }, { name: bindingColumn[doc.type] }]}
            rows={bound.map((link) => ({
              key: link.id,
              cells: [
                <NodeLink key="to" id={link.to} />,
                <Binding key="key" link={link} doc={doc} />,
              ],
            }))}
          />
        )}
      </Part>
    </>
  )
}

const bindingColumn = {
  default: 'Routing key',
  direct: 'Binding key',
  fanout: 'Binding key',
  topic: 'Pattern',
  headers: 'Headers',
  'x-consistent-hash': 'Weight',
} as const

function Binding(props: { link: LinkDoc; doc: { type: string } }) {
  const { link, doc } = props
  const queue = useSession((session) => session.scenario.nodes.find((node) => node.id === link.to))
  if (doc.type === 'fanout') return <>every message</>
  if (doc.type === 'default') return <code>{queue?.name}</code>
  if (doc.type === 'headers') {
    const how = link.match?.startsWith('any') ? 'any of ' : ''
    return (
      <code>
        {how}
        {headersText(link.headers ?? {})}
      </code>
    )
  }
  return <code>{link.key ?? ''}</code>
}

export function QueueNow({ state }: NowProps<'queue'>) {
  const { ready, readyCount, unacked, unackedCount } = state
  return (
    <>
      <Readings
        of={[
          { name: 'Delivered', value: countText(state.delivered) },
          { name: 'Acknowledged', value: countText(state.acked) },
          { name: 'Dropped', value: countText(state.dropped), lit: state.dropped > 0 },
        ]}
      />
      <Part
        title={<Term meaning="Waiting in the queue, to be delivered in this order.">Ready</Term>}
        aside={countText(readyCount)}
      >
        {ready.length === 0 ? (
          <Quiet>The queue is empty.</Quiet>
        ) : (
          <Rows label="Ready messages, next to be delivered first" ordered>
            {ready.map((held, index) => (
              <MessageRow key={held.message} held={held}>
                {index === 0 ? 'next' : undefined}
              </MessageRow>
            ))}
          </Rows>
        )}
        <Unlisted listed={ready.length} count={readyCount} />
      </Part>
      <Part
        title={
          <Term meaning="Delivered, and not yet acknowledged. If the consumer's connection is lost, they become ready again, marked redelivered.">
            Unacknowledged
          </Term>
        }
        aside={countText(unackedCount)}
      >
        {unacked.length === 0 ? (
          <Quiet>None.</Quiet>
        ) : (
          <Rows label="Unacknowledged messages">
            {unacked.map((held) => (
              <MessageRow key={held.message} held={held}>
                held by <NodeLink id={held.by} />
              </MessageRow>
            ))}
          </Rows>
        )}
        <Unlisted listed={unacked.length} count={unackedCount} />
      </Part>
    </>
  )
}

export function ConsumerNow({ state }: NowProps<'consumer'>) {
  const { jobs, jobCount, ack, prefetch, failed } = state
  const holdsAtMost = ack === 'auto' || prefetch === 0 ? undefined : prefetch
  return (
    <>
      <Jobs jobs={jobs} count={jobCount} most={holdsAtMost} />
      <Readings
        of={[
          { name: 'Processed', value: countText(state.processed) },
          { name: 'Failed', value: countText(failed), lit: failed > 0 },
        ]}
      />
      <Ledger effects={state.effects} total={effectCount(state)} />
    </>
  )
}
