/** What all places that keep nothing have in common at the playhead. */
import type { SubjectsSeen } from '../../brokers/pubsub/seen.ts'
import type { World } from '../../scenario/world.ts'
import { partBase } from './view.ts'

export function placeOf(
  { records }: World,
  id: string,
  seen: SubjectsSeen,
  unheard: number,
  subscriptions: number,
) {
  return {
    ...partBase(id),
    published: seen.published,
    unheard,
    subjects: seen.subjects.map(({ subject, ...rest }) => ({
      subject: records.strings.text(subject),
      ...rest,
    })),
    subscriptions,
  }
}
