/** What the runs on MQTT are made of: a broker, clients with what is common to all, and their links. */
import type { LinkDoc, NodeOf } from '../../document.ts'

type Client = Omit<NodeOf<'mqttClient'>, 'position'>

export const place: Omit<NodeOf<'mqttBroker'>, 'position'> = {
  kind: 'mqttBroker',
  id: 'broker',
  name: 'mosquitto',
  broker: 'mosquitto',
}

export const mosquitto = [{ id: 'mosquitto', family: 'mqtt' as const }]

/** A client that only publishes, one message every so often. */
export function publisher(
  id: string,
  everyMs: number,
  count: number,
  settings: Pick<Client, 'topics' | 'bodies'> & Partial<Client>,
): Client {
  const every = { kind: 'fixed' as const, ms: everyMs }
  return {
    kind: 'mqttClient',
    id,
    name: id,
    arrivals: { kind: 'interval', every, firstMs: 1500, count },
    service: { kind: 'fixed', ms: 0 },
    ...settings,
  }
}

export function subscriber(
  id: string,
  filter: string,
  qos: 0 | 1 | 2,
  settings: Partial<Client> = {},
): Client {
  return {
    kind: 'mqttClient',
    id,
    name: id,
    subscriptions: [{ filter, qos }],
    arrivals: { kind: 'manual' },
    bodies: ['{n}'],
    service: { kind: 'fixed', ms: 300 },
    effect: '{body}',
    ...settings,
  }
}

/** What lets a session outlive its connection. */
export const kept = { cleanStart: false, sessionExpiryMs: 60_000 } as const

export function toBroker(id: string, lossRate?: number): LinkDoc {
  return { id: `${id}-link`, from: id, to: 'broker', latencyMs: 400, ...lossy(lossRate) }
}

export function fromBroker(id: string, lossRate?: number): LinkDoc {
  return { id: `${id}-link`, from: 'broker', to: id, latencyMs: 400, ...lossy(lossRate) }
}

function lossy(lossRate: number | undefined): { lossRate?: number } {
  return lossRate === undefined ? {} : { lossRate }
}
