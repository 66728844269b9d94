/**
 * What consumers received in a step. Members of a group (`Trace.groups`) are picked at random, so what they
 * received is shown together and in no order: any distribution passes, each message exactly once.
 */
import { byText } from './compare.ts'
import { isRecord, type Observation, type Trace } from './trace.ts'

export class Seen {
  private readonly groups: Readonly<Record<string, string>>
  private deliveries: Record<string, unknown[]> = {}
  private shared: Record<string, unknown[]> = {}

  constructor({ groups }: Trace) {
    this.groups = groups ?? {}
  }

  clear(): void {
    this.deliveries = {}
    this.shared = {}
  }

  note(consumer: string, delivery: unknown): void {
    const group = this.groups[consumer]
    const into = group === undefined ? this.deliveries : this.shared
    const name = group ?? consumer
    into[name] ??= []
    into[name].push(delivery)
  }

  shown(): Observation {
    return {
      ...(Object.keys(this.deliveries).length > 0 && { deliveries: this.deliveries }),
      ...(Object.keys(this.shared).length > 0 && { shared: this.shared }),
    }
  }
}

/** Brings what the members of a group received into one order. */
export function withoutMembers(observation: Observation): Observation {
  if (!isRecord(observation.shared)) return observation
  const sorted = Object.entries(observation.shared).map(([group, copies]) => {
    const texts = (copies as unknown[]).map((copy) => JSON.stringify(sortedKeys(copy)))
    return [group, texts.toSorted(byText)]
  })
  return { ...observation, shared: Object.fromEntries(sorted) }
}

function sortedKeys(value: unknown): unknown {
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => byText(a, b)))
}
