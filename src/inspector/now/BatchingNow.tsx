/** How it stands with the records of a producer that batches. */
import type { BatchingSummary } from '../../clients/producer/producer.ts'
import { Term } from '../../ui/Term.tsx'
import { Readings } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { countText } from '../timeText.ts'

const IN_FLIGHT = 'Requests that are not answered yet (max.in.flight.requests.per.connection).'
const ID =
  'The broker knows its batches by this id, the epoch and a sequence number for each partition.'

function recordsOf({ records, of }: NonNullable<BatchingSummary['transaction']>): string {
  const few = countText(records)
  if (of !== null) return `${few} of ${countText(of)} records`
  return records === 0 ? 'none open' : `${few} ${records === 1 ? 'record' : 'records'} so far`
}

export function BatchingNow({ batching }: { batching: BatchingSummary }) {
  const { gathering, inFlight, retrying, held, id, epoch, isFenced, transaction } = batching
  return (
    <Part title="Batches">
      <Readings
        of={[
          { name: 'Records gathering', value: countText(gathering) },
          {
            name: <Term meaning={IN_FLIGHT}>In flight</Term>,
            value: countText(inFlight),
          },
          { name: 'To be sent again', value: countText(retrying), lit: retrying > 0 },
          id >= 0 && {
            name: <Term meaning={ID}>Producer id</Term>,
            value: isFenced ? `${id}, fenced off` : `${id}, epoch ${epoch}`,
            lit: isFenced,
          },
          transaction !== null && {
            name: 'Transaction',
            value: transaction.isEnding ? 'ends' : recordsOf(transaction),
          },
          transaction !== null && {
            name: 'Committed, aborted',
            value: `${countText(transaction.committed)}, ${countText(transaction.aborted)}`,
          },
          held > 0 && { name: 'For the next one', value: countText(held) },
        ]}
      />
    </Part>
  )
}
