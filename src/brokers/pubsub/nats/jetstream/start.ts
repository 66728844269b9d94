/** Where a new consumer begins (docs.nats.io/nats-concepts/jetstream/consumers, "DeliverPolicy"). */
import type { ConsumerConfig } from './config.ts'
import type { Stream } from './stream.ts'

export interface Start {
  start: number
  lasts: readonly number[]
  resume: number
}

export function startOf(stream: Stream, config: ConsumerConfig): Start {
  const { first, last } = stream
  const lasts =
    config.deliverPolicy === 'last_per_subject' ? stream.lastOfEach(config.filterSubject) : []
  const wanted = wantedStart(stream, config, lasts)
  const start = first === 0 ? 1 : wanted < first ? first : wanted > last ? last + 1 : wanted
  return { start, lasts, resume: last }
}

function wantedStart(stream: Stream, config: ConsumerConfig, lasts: readonly number[]): number {
  switch (config.deliverPolicy) {
    case 'all':
      return stream.first
    case 'last':
      return config.filterSubject === ''
        ? stream.last
        : (stream.lastOfEach(config.filterSubject).at(-1) ?? 0)
    case 'new':
      return stream.last + 1
    case 'by_start_sequence':
      return config.startSequence
    case 'by_start_time':
      return stream.firstSince(config.startUs as number)
    case 'last_per_subject':
      return lasts[0] ?? stream.last
  }
}
