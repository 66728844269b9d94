/** A finished run of an MQTT scenario, and what became of its messages at each client. */
import type { MqttBroker } from '../brokers/pubsub/mqtt/broker.ts'
import type { MqttClient } from '../clients/mqttClient/mqttClient.ts'
import {
  type LinkDoc,
  type NodeOf,
  SCENARIO_FORMAT,
  type Scenario,
  type Script,
} from '../scenario/document.ts'
import { World } from '../scenario/world.ts'

type Settings = Partial<Omit<NodeOf<'mqttClient'>, 'id' | 'kind'>>

export interface MqttPlan {
  seed?: number
  durationMs?: number
  latencyMs?: number
  lossRate?: number
  clients: Record<string, Settings>
}

/** Clients around one broker; who publishes is linked to it, who does not is linked from it. */
export function mqttScenario(plan: MqttPlan): Scenario {
  const { seed = 1, durationMs = 30_000, latencyMs = 10, lossRate } = plan
  const position = { x: 0, y: 0 }
  const clients = Object.entries(plan.clients)
  return {
    format: SCENARIO_FORMAT,
    title: 'MQTT',
    seed,
    durationMs,
    brokers: [{ id: 'mosquitto', family: 'mqtt' }],
    nodes: [
      { kind: 'mqttBroker', id: 'broker', name: 'broker', broker: 'mosquitto', position },
      ...clients.map(
        ([id, settings]): NodeOf<'mqttClient'> => ({
          kind: 'mqttClient',
          id,
          name: id,
          position,
          arrivals: { kind: 'manual' },
          bodies: ['{n}'],
          service: { kind: 'fixed', ms: 0 },
          ...settings,
        }),
      ),
    ],
    links: clients.map(([id, { topics }]): LinkDoc => {
      const ends = topics ? { from: id, to: 'broker' } : { from: 'broker', to: id }
      const loss = lossRate === undefined ? {} : { lossRate }
      return { id: `${id}-link`, ...ends, latencyMs, ...loss }
    }),
  }
}

export class MqttRun {
  readonly world: World

  constructor(plan: MqttPlan, script: Script = []) {
    this.world = new World(mqttScenario(plan))
    this.world.start(script)
    this.world.run(this.world.endUs)
  }

  get broker(): MqttBroker {
    return this.world.part('broker') as MqttBroker
  }
  client(id: string): MqttClient {
    return this.world.part(id) as MqttClient
  }

  /** Bodies of what a client has processed, in order. */
  processed(id: string): string[] {
    const client = this.client(id)
    return Array.from({ length: client.ledger.count }, (_, i) =>
      this.world.records.body(client.ledger.messageAt(i)),
    )
  }
  /** Bodies of the latest messages that it missed. */
  missed(id: string): string[] {
    return this.client(id).missed.map((message) => this.world.records.body(message))
  }
  countOf(kind: number): number {
    let count = 0
    const { facts } = this.world.records
    facts.each(0, facts.count, (_timeUs, each) => {
      if (each === kind) count++
    })
    return count
  }
}
