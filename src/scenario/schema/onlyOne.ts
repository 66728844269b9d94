/** Kinds between which a node takes one link only, and what is said of a second one. */
import type { NodeKind } from '../document.ts'

export const ONLY_ONE: readonly {
  from: NodeKind
  to: NodeKind
  at: 'from' | 'to'
  sentence: string
}[] = [
  {
    from: 'cloudTopic',
    to: 'cloudSubscription',
    at: 'to',
    sentence: 'A subscription is of one topic; remove its other link first',
  },
  {
    from: 'cloudSubscription',
    to: 'pollingConsumer',
    at: 'to',
    sentence: 'A client gets its messages from one subscription; remove its other link first',
  },
  {
    from: 'sqsQueue',
    to: 'pollingConsumer',
    at: 'to',
    sentence: 'A polling consumer polls one queue; remove its other link first',
  },
  {
    from: 'topic',
    to: 'groupConsumer',
    at: 'to',
    sentence: 'A group consumer reads one topic; remove its other link first',
  },
  {
    from: 'eventStore',
    to: 'projection',
    at: 'to',
    sentence: 'A projection reads one event store; remove its other link first',
  },
  {
    from: 'eventStore',
    to: 'relay',
    at: 'to',
    sentence: 'A relay reads one event store; remove its other link first',
  },
  {
    from: 'eventStore',
    to: 'processManager',
    at: 'to',
    sentence: 'A process manager follows one event store; remove its other link first',
  },
  {
    from: 'commandHandler',
    to: 'eventStore',
    at: 'from',
    sentence: 'A command handler appends to one event store; remove its other link first',
  },
  {
    from: 'natsStream',
    to: 'natsConsumer',
    at: 'to',
    sentence: 'A JetStream consumer reads one stream; remove its other link first',
  },
  {
    from: 'natsConsumer',
    to: 'natsSubscriber',
    at: 'to',
    sentence:
      'A subscriber takes messages from one JetStream consumer; remove its other link first',
  },
  {
    from: 'redisStream',
    to: 'redisGroup',
    at: 'to',
    sentence: 'A group is of one stream; remove its other link first',
  },
  {
    from: 'redisGroup',
    to: 'redisConsumer',
    at: 'to',
    sentence: 'A consumer reads for one group; remove its other link first',
  },
  {
    from: 'redisStream',
    to: 'redisReader',
    at: 'to',
    sentence: 'A reader reads one stream; remove its other link first',
  },
  {
    from: 'natsRequester',
    to: 'natsServer',
    at: 'from',
    sentence: 'A requester asks one server; remove its other link first',
  },
]
