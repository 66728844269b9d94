/** What a client holds in its hands: what it works on, since when and until when, and what waits. */
import type { Job } from '../../history/frame.ts'
import { Quiet, Rows } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageRow } from '../Selectable.tsx'
import { countText, spanText } from '../timeText.ts'
import { useFrameUs } from './nodeState.ts'

export interface JobsProps {
  jobs: readonly Job[]
  count: number
  title?: string
  /** Most that it may hold: its prefetch, where that limits it. */
  most?: number | undefined
}

export function Jobs({ jobs, count, title = 'In its hands', most }: JobsProps) {
  const nowUs = useFrameUs()
  return (
    <Part
      title={title}
      aside={most === undefined ? countText(count) : `${countText(count)} of ${countText(most)}`}
    >
      {jobs.length === 0 ? (
        <Quiet>Nothing. It waits for work.</Quiet>
      ) : (
        <Rows label={title} ordered>
          {jobs.map((job) => (
            <MessageRow key={job.message} held={job}>
              {job.state === 'waiting' ? 'waits' : `done in ${spanText(job.endsUs - nowUs)}`}
            </MessageRow>
          ))}
        </Rows>
      )}
      <Unlisted listed={jobs.length} count={count} />
    </Part>
  )
}

/** Says how much more there is than a frame lists. */
export function Unlisted({ listed, count }: { listed: number; count: number }) {
  return count > listed ? <Quiet>and {countText(count - listed)} more</Quiet> : null
}
