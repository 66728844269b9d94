/** Our own fault, said plainly: what broke, and a link that replays it. What the person made is kept. */
import { Component, type ReactNode, useEffect, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { CopyField } from '../ui/CopyField.tsx'
import { HomeIcon, RestartIcon } from '../ui/icons.ts'
import { addressOf } from './address.ts'
import styles from './Fault.module.css'
import { homeAddress } from './route.ts'

export function Fault({ sentence }: { sentence: string }) {
  const link = useReplay()
  return (
    <main className={styles.page}>
      <section className={styles.sheet} role="alert">
        <h1 className={styles.title}>Eventarium made a mistake</h1>
        <p>
          This is our fault, not yours. Your work is kept. Load the page again to go on from where
          you were.
        </p>
        <p className={styles.sentence}>
          <code>{sentence}</code>
        </p>
        {link !== null && (
          <CopyField
            label="A link that replays it"
            hint="Send it with a report: it holds the scenario and everything that was done in it."
            value={link}
          />
        )}
        <div className={styles.row}>
          <Button icon={HomeIcon} onClick={leave}>
            Home
          </Button>
          <Button variant="solid" icon={RestartIcon} onClick={() => location.reload()}>
            Load again
          </Button>
        </div>
      </section>
    </main>
  )
}

function leave(): void {
  history.replaceState(null, '', homeAddress)
  location.reload()
}

function useReplay(): string | null {
  const [link, setLink] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    replayLink().then(
      (made) => current && setLink(made),
      () => {},
    )
    return () => {
      current = false
    }
  }, [])
  return link
}

/** Loaded only now: most visits never need it. */
async function replayLink(): Promise<string | null> {
  const [{ encodeMoment }, { desk }, { momentOf }] = await Promise.all([
    import('../scenario/share/link.ts'),
    import('./desk.ts'),
    import('./momentNow.ts'),
  ])
  const encoded = await encodeMoment(momentOf(desk().session))
  return encoded.ok ? addressOf(encoded.fragment) : null
}

/** Catches what breaks while drawing the page. */
export class FaultBoundary extends Component<{ children: ReactNode }, { sentence: string | null }> {
  override state = { sentence: null }

  static getDerivedStateFromError(error: unknown) {
    return { sentence: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    const { sentence } = this.state
    return sentence === null ? this.props.children : <Fault sentence={sentence} />
  }
}
