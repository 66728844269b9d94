/** This moment to take away: as a link, as a figure for another page, as a file. */
import { useEffect, useState } from 'react'
import { clockText } from '../../base/clockText.ts'
import { exportFile } from '../../scenario/share/file.ts'
import { encodeMoment } from '../../scenario/share/link.ts'
import type { SharedMoment } from '../../scenario/share/moment.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyField } from '../../ui/CopyField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorSentence } from '../../ui/ErrorSentence.tsx'
import { DownloadIcon, UploadIcon } from '../../ui/icons.ts'
import { addressOf } from '../address.ts'
import { desk } from '../desk.ts'
import { askForFile } from '../fileDoor.ts'
import { shortHash } from '../moment.ts'
import styles from './ShareDialog.module.css'
import { downloadDefinitions, downloadMoment } from './saveAsFile.ts'
import { figureSnippet } from './snippet.ts'

type Shared =
  | { moment: SharedMoment; fragment: string; sentence?: never }
  | { moment: SharedMoment; fragment?: never; sentence: string }

export default function ShareDialog({ onClose }: { onClose: () => void }) {
  const shared = useShared()
  return (
    <Dialog title="Share this moment" open onClose={onClose}>
      {shared === null ? (
        <p className={styles.quiet}>Packing the moment.</p>
      ) : (
        <div className={styles.parts}>
          {shared.fragment === undefined ? (
            <ErrorSentence>{shared.sentence}</ErrorSentence>
          ) : (
            <Links moment={shared.moment} fragment={shared.fragment} />
          )}
          <AsFile moment={shared.moment} onClose={onClose} />
        </div>
      )}
    </Dialog>
  )
}

/** The moment at which the dialog was opened; what plays on behind it does not change the link. */
function useShared(): Shared | null {
  const [shared, setShared] = useState<Shared | null>(null)
  useEffect(() => {
    let current = true
    const pack = async () => {
      const here = desk()
      here.session.pause()
      const moment = await here.moment()
      const encoded = await encodeMoment(moment)
      if (!current) return
      if (encoded.ok) setShared({ moment, fragment: encoded.fragment })
      else setShared({ moment, sentence: encoded.sentence })
    }
    // What breaks in the engine is shown by the screen itself.
    pack().catch(() => {})
    return () => {
      current = false
    }
  }, [])
  return shared
}

function Links({ moment, fragment }: { moment: SharedMoment; fragment: string }) {
  const { timeUs, branches, hash, scenario } = moment
  const more = branches.length > 1 ? `, with its ${branches.length} branches` : ''
  return (
    <>
      <CopyField
        label="Link"
        value={addressOf(fragment)}
        hint={
          <>
            Opens {clockText(timeUs)} of this run{more}. Everything is in the link itself (
            {sizeText(fragment.length)}); no server sees it. Hash <code>{shortHash(hash)}</code>.
          </>
        }
      />
      <CopyField
        multiline
        label="Figure for a page"
        value={figureSnippet(scenario.title, fragment)}
        hint="Runs when it is in view. It needs no storage and no cookies, and leaves scrolling to the page."
      />
    </>
  )
}

function AsFile({ moment, onClose }: { moment: SharedMoment; onClose: () => void }) {
  const open = () => {
    onClose()
    void askForFile()
  }
  return (
    <div className={styles.file}>
      <p className={styles.label}>File</p>
      <div className={styles.row}>
        <Button icon={DownloadIcon} onClick={() => downloadMoment(moment)}>
          Save as a file ({sizeText(new Blob([exportFile(moment)]).size)})
        </Button>
        <Button icon={UploadIcon} onClick={open}>
          Open a file
        </Button>
        {moment.scenario.brokers
          .filter(({ family }) => family === 'amqp')
          .map(({ id }) => (
            <Button
              key={id}
              icon={DownloadIcon}
              onClick={() => downloadDefinitions(moment.scenario, id)}
            >
              Definitions for RabbitMQ{moment.scenario.brokers.length > 1 ? ` (${id})` : ''}
            </Button>
          ))}
      </div>
    </div>
  )
}

function sizeText(bytes: number): string {
  return bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} KB`
}
