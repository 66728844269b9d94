/** What the person made, kept in this browser, and the ways to begin or bring more. */
import { clockText } from '../../base/clockText.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { AddIcon, RemoveIcon, UploadIcon } from '../../ui/icons.ts'
import { showToast } from '../../ui/toast.ts'
import { askForFile } from '../fileDoor.ts'
import { removeWork, useWorks, type WorkEntry } from '../keep/works.ts'
import { workAddress } from '../route.ts'
import home from './Home.module.css'
import styles from './Rows.module.css'

export function YourWork() {
  const works = useWorks()
  return (
    <section className={home.section} aria-labelledby="your-work">
      <h2 id="your-work" className={home.heading}>
        Your work
      </h2>
      {works.length === 0 ? (
        <p className={styles.detail}>
          Change anything in a run, and it is kept here, in this browser and nowhere else.
        </p>
      ) : (
        <ul className={styles.rows}>
          {works.map((work) => (
            <Row key={work.id} work={work} />
          ))}
        </ul>
      )}
      <p className={styles.actions}>
        <Button icon={AddIcon} onClick={() => void startEmpty()}>
          Start with an empty canvas
        </Button>
        <Button icon={UploadIcon} onClick={() => void askForFile()}>
          Open a file
        </Button>
      </p>
    </section>
  )
}

function Row({ work }: { work: WorkEntry }) {
  const { id, title, branches, timeUs, savedAtMs } = work
  const remove = () => {
    const putBack = removeWork(id)
    showToast(`“${title}” is removed.`, { label: 'Undo', onAct: putBack })
  }
  return (
    <li className={styles.row}>
      <a className={styles.link} href={workAddress(id)}>
        {title}
      </a>
      <p className={styles.detail}>
        at {clockText(timeUs, true)}
        {branches > 1 && `, ${branches} branches`}, kept {dateText(savedAtMs)}
      </p>
      <span className={styles.aside}>
        <IconButton icon={RemoveIcon} label={`Remove ${title}`} onClick={remove} />
      </span>
    </li>
  )
}

function dateText(ms: number): string {
  return new Date(ms).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })
}

async function startEmpty(): Promise<void> {
  const [{ desk }, { emptyScenario }] = await Promise.all([
    import('../desk.ts'),
    import('../moment.ts'),
  ])
  desk().openOwn({ scenario: emptyScenario })
}
