/** An address that cannot be opened: one sentence, and the ways on. What was open before lies where it lay. */
import { useStore } from 'zustand'
import { Button } from '../../ui/Button.tsx'
import { HomeIcon, WarningIcon } from '../../ui/icons.ts'
import { desk } from '../desk.ts'
import { goTo, homeAddress } from '../route.ts'
import { Wordmark } from '../Wordmark.tsx'
import styles from './Problem.module.css'

export function Problem({ sentence }: { sentence: string }) {
  const here = desk()
  const before = useStore(here.store, (state) => state.fragment)
  const { title } = here.session.store.getState().scenario
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Wordmark />
      </header>
      <main className={styles.middle}>
        <section className={styles.sheet} role="alert">
          <h1 className={styles.title}>
            <WarningIcon aria-hidden="true" className={styles.icon} />
            This cannot be opened
          </h1>
          <p>{sentence}</p>
          <p className={styles.quiet}>Your own work is untouched.</p>
          <div className={styles.row}>
            <Button
              icon={HomeIcon}
              variant={before === '' ? 'solid' : 'quiet'}
              onClick={() => goTo(homeAddress)}
            >
              Home
            </Button>
            {before !== '' && (
              <Button variant="solid" onClick={() => goTo(before)}>
                Back to {title}
              </Button>
            )}
          </div>
        </section>
      </main>
    </div>
  )
}
