/** Asks why of what it stands beside. */
import { useVerbs } from '../../session/react.tsx'
import type { WhySubject } from '../../session/session.ts'
import { askWhy } from '../../session/why.ts'
import { Button } from '../../ui/Button.tsx'
import { AskIcon } from '../../ui/icons.ts'

export interface WhyButtonProps {
  /** Made when it is pressed: the playhead may be elsewhere by then. */
  subject: (factIndex: number) => WhySubject
  /** What is asked about, for those who cannot see what stands beside it. */
  about: string
}

export function WhyButton({ subject, about }: WhyButtonProps) {
  const session = useVerbs()
  return (
    <Button
      variant="ghost"
      size="small"
      icon={AskIcon}
      aria-label={`Why ${about}?`}
      onClick={() => askWhy(session, subject(session.playhead().factIndex))}
    >
      Why?
    </Button>
  )
}
