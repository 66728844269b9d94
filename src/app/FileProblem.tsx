/** What is wrong with a file that cannot be opened, and what can be done now. Loaded when one is. */
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './FileDoor.module.css'
import { askForFile, fileDoor } from './fileDoor.ts'

export default function FileProblem({ problem }: { problem: string | null }) {
  const close = () => fileDoor.setState({ problem: null })
  const again = () => {
    close()
    void askForFile()
  }
  return (
    <Dialog
      title="This file stays closed"
      open={problem !== null}
      onClose={close}
      width="narrow"
      footer={
        <>
          <Button onClick={again}>Choose another file</Button>
          <Button variant="solid" onClick={close}>
            Go on
          </Button>
        </>
      }
    >
      <p>{problem}</p>
      <p className={styles.kept}>What is open here is as it was.</p>
    </Dialog>
  )
}
