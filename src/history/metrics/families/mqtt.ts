/** Numbers of MQTT brokers and their clients. */
import { MQTT_FACTS } from '../../../brokers/pubsub/mqtt/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { MISSED, MQTT_CLIENT_FACTS } from '../../../clients/mqttClient/facts.ts'
import { MqttClient } from '../../../clients/mqttClient/mqttClient.ts'
import type { NodeMeter } from '../nodeMeter.ts'
import type { Counter, CounterContext } from './counter.ts'

/** By `MISSED`. */
const REASONS: readonly string[] = [
  'absent',
  'notYet',
  'lost',
  'full',
  'expired',
  'sessionOver',
  'unsent',
]

export class MqttCounter implements Counter {
  private readonly context: CounterContext

  constructor(context: CounterContext) {
    this.context = context
  }

  count(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    switch (kind) {
      case MQTT_FACTS.published:
        this.meter(part)?.count('routed')
        break
      case MQTT_FACTS.retained:
        this.meter(part)?.count('retained')
        break
      case MQTT_CLIENT_FACTS.missed:
        this.meter(part)?.drop(REASONS[aux] ?? 'absent')
        break
      case MQTT_CLIENT_FACTS.notSent:
        this.meter(part)?.drop(REASONS[MISSED.lost] as string)
        break
      case MQTT_CLIENT_FACTS.sentAgain:
        this.meter(part)?.count('sentAgain')
        break
      default:
        this.countWork(timeUs, kind, part, message)
    }
  }

  private countWork(timeUs: number, kind: number, part: number, message: number): void {
    if (kind !== CLIENT_FACTS.received && kind !== CLIENT_FACTS.processed) return
    const { world } = this.context
    if (!(world.sim.parts[part] instanceof MqttClient)) return
    const sinceUs = timeUs - world.records.messages.bornUs(message)
    const meter = this.meter(part)
    if (kind === CLIENT_FACTS.received) {
      meter?.count('received')
      meter?.waiting.add(sinceUs)
    } else {
      meter?.count('processed')
      meter?.sojourn.add(sinceUs)
    }
  }

  private meter(part: number): NodeMeter | undefined {
    return this.context.meters[part]
  }
}
