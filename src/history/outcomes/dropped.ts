/** What brokers and handlers let go or turn down by a rule of theirs: each is one fact that says so itself. */
import type { Channel } from '../../brokers/amqp/channel.ts'
import { AMQP_FACTS, DROPPED } from '../../brokers/amqp/facts.ts'
import { EVENTSTORE_FACTS } from '../../brokers/eventstore/facts.ts'
import { CLOUD_FACTS } from '../../brokers/pubsub/cloud/facts.ts'
import { SQS_FACTS } from '../../brokers/sqs/facts.ts'
import { COMMAND_HANDLER_FACTS } from '../../clients/commandHandler/facts.ts'
import { MISSED, MQTT_CLIENT_FACTS } from '../../clients/mqttClient/facts.ts'
import { MISSED_WORDS } from '../vanished.ts'
import type { Detector, OutcomeContext, OutcomeKind } from './outcome.ts'

export class DroppedDetector implements Detector {
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(index: number, _timeUs: number, kind: number, part: number, message: number, aux: number) {
    const { context } = this
    const label = () => context.label(message)
    const name = (node: string) => context.name(node) || 'the default exchange'
    const node = () => context.nodeOf(part)
    switch (kind) {
      case AMQP_FACTS.unroutable:
        this.say('dropped', index, message, node(), `${name(node())} has no route for ${label()}.`)
        break
      case AMQP_FACTS.dropped:
        if (aux !== DROPPED.maxLength) break
        this.say('dropped', index, message, node(), `${name(node())} is full and drops ${label()}.`)
        break
      case AMQP_FACTS.refused:
        this.say(
          'dropped',
          index,
          message,
          node(),
          `${name(node())} is full and refuses ${label()}.`,
        )
        break
      case AMQP_FACTS.rejected: {
        const channel = context.world.sim.parts[part] as Channel
        const queue = context.nodeOf(channel.queueOf(aux).node)
        this.say('dropped', index, message, queue, `${label()} is nacked and does not come back.`)
        break
      }
      case AMQP_FACTS.purged:
      case AMQP_FACTS.queueDeleted:
      case SQS_FACTS.purged:
        if (aux > 0)
          this.say(
            'dropped',
            index,
            -1,
            node(),
            `${name(node())} loses ${aux === 1 ? 'its only message' : `all ${aux} messages`}.`,
          )
        break
      case AMQP_FACTS.expired:
        if (aux === 1) break
        this.say(
          'dropped',
          index,
          message,
          node(),
          `${label()} waited too long in ${name(node())}.`,
        )
        break
      case AMQP_FACTS.deadLetterLost:
        this.say('dropped', index, message, node(), `No queue takes the dead letter ${label()}.`)
        break
      case AMQP_FACTS.deadLettered:
      case SQS_FACTS.movedToDeadLetters:
      case CLOUD_FACTS.deadLettered:
        this.say(
          'deadLettered',
          index,
          message,
          node(),
          `${name(node())} gives up on ${label()} and sets it aside.`,
        )
        break
      case SQS_FACTS.expired:
      case CLOUD_FACTS.expired:
        this.say('dropped', index, message, node(), `${name(node())} keeps ${label()} no longer.`)
        break
      case SQS_FACTS.sendRefused:
        this.say('dropped', index, message, node(), `${name(node())} refuses ${label()}.`)
        break
      case MQTT_CLIENT_FACTS.missed:
        // Its publisher says so itself.
        if (aux === MISSED.unsent) break
        this.say(
          'lost',
          index,
          message,
          node(),
          `${name(node())} never gets ${label()}: ${MISSED_WORDS[aux] ?? 'missed'}.`,
        )
        break
      case MQTT_CLIENT_FACTS.notSent:
        this.say('lost', index, message, node(), `${name(node())} loses ${label()}.`)
        break
      case EVENTSTORE_FACTS.conflicted:
        this.say(
          'conflict',
          index,
          message,
          node(),
          `${name(node())} refuses ${label()}: the stream went on meanwhile.`,
        )
        break
      case COMMAND_HANDLER_FACTS.rejected:
        this.say(
          'rejected',
          index,
          message,
          node(),
          `${name(node())} turns ${label()} down. ${context.records.strings.text(aux)}`,
        )
        break
    }
  }

  end(): void {}

  private say(kind: OutcomeKind, index: number, message: number, node: string, sentence: string) {
    const about = message === -1 ? {} : { message, key: this.context.records.key(message) }
    this.context.report({ kind, factIndexes: [index], ...about, node, sentence })
  }
}
