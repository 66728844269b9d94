/** The two sections that every inspector shares, with the sentence that tells them apart. */
import type { ReactNode } from 'react'
import { useSession } from '../session/react.tsx'
import { Section } from './Section.tsx'
import { momentText } from './timeText.ts'

export function NowSection({ acts, children }: { acts: boolean; children: ReactNode }) {
  return (
    <Section
      title="Now"
      aside={<NowText />}
      note={
        acts
          ? 'An act happens at this moment. Where more was already seen, it makes a branch; the old one stays.'
          : undefined
      }
    >
      {children}
    </Section>
  )
}

function NowText() {
  return <>{momentText(useSession((state) => state.timeUs))}</>
}

export function DesignSection({ children }: { children: ReactNode }) {
  return (
    <Section
      title="Design"
      aside="from the beginning"
      tone="design"
      note="A change here changes the scenario: the run is computed anew from its beginning. Undo takes it back."
    >
      {children}
    </Section>
  )
}
