/** What members of a persistent subscription hold, each event with the answers that a member could give. */
import type { StateOf } from '../../history/frame.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { Term } from '../../ui/Term.tsx'
import { Quiet, Rows } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageChip, NodeLink } from '../Selectable.tsx'
import { countText } from '../timeText.ts'
import styles from './GroupOut.module.css'
import { Unlisted } from './Jobs.tsx'

type Group = NonNullable<StateOf<'processManager'>['group']>

const OUT =
  'Handed to a member and not answered. It is retried when its time is over. Your answer counts in place of the member’s; what the member has begun goes on.'
const ANSWERS = { retry: 'Retry', park: 'Park', skip: 'Skip', ack: 'Acknowledge' } as const

export function GroupOut({ group }: { group: Group }) {
  const session = useVerbs()
  return (
    <Part title={<Term meaning={OUT}>Out</Term>} aside={countText(group.inFlight)}>
      {group.out.length === 0 ? (
        <Quiet>None.</Quiet>
      ) : (
        <Rows label="Events that members hold" ordered>
          {group.out.map(({ message, by, attempt }) => (
            <li key={message} className={styles.out}>
              <span>
                <MessageChip message={message} /> <NodeLink id={by} />, attempt {attempt}
              </span>
              <span className={styles.answers}>
                {(Object.keys(ANSWERS) as (keyof typeof ANSWERS)[]).map((how) => (
                  <Button
                    key={how}
                    size="small"
                    onClick={() =>
                      session.act({
                        ...{ do: 'sourcing', node: by },
                        act: { what: 'answerEvent', message, how },
                      })
                    }
                  >
                    {ANSWERS[how]}
                  </Button>
                ))}
              </span>
            </li>
          ))}
        </Rows>
      )}
      <Unlisted listed={group.out.length} count={group.inFlight} />
    </Part>
  )
}
