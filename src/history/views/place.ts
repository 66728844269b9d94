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
  isKept: (subject: string) => boolean = () => false,
) {
  return {
    ...partBase(id),
    published: seen.published,
    unheard,
    subjects: seen.subjects.map(({ subject: id, ...rest }) => {
      const subject = records.strings.text(id)
      return { subject, kept: isKept(subject), ...rest }
    }),
    subscriptions,
  }
}
