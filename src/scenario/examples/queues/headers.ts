/** A headers exchange: what a message says of itself decides, not its key. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const headers = rabbitExample(
  'A headers exchange looks at headers instead of a key. Invoices asks for a PDF and for kind=invoice, both of them; the archive is content with any of its two. Try: type type=pdf into the exchange, or make the archive match all.',
  [
    [
      producer('scanner', ['Page {n}'], 1500, 30, {
        headers: [
          { type: 'pdf', kind: 'invoice' },
          { type: 'pdf', kind: 'letter' },
          { type: 'png', kind: 'invoice' },
          { type: 'png', kind: 'photo' },
        ],
      }),
    ],
    [exchange('documents', 'headers')],
    [queue('invoices'), queue('archive')],
    [
      consumer('accountant', [1200], { effect: 'Booked: {body}' }),
      consumer('archivist', [600], { effect: 'Filed: {body}' }),
    ],
  ],
  [
    link('scanner', 'documents', 400),
    link('documents', 'invoices', 300, {
      headers: { type: 'pdf', kind: 'invoice' },
      match: 'all',
    }),
    link('documents', 'archive', 300, { headers: { type: 'pdf', kind: 'photo' }, match: 'any' }),
    link('invoices', 'accountant', 300),
    link('archive', 'archivist', 300),
  ],
)
