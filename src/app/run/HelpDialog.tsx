/** Every key, in one place. */
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import styles from './HelpDialog.module.css'
import { pageKeys, viewKeys } from './useShortcuts.ts'

const groups = [
  {
    title: 'Time',
    keys: [
      { keys: 'Space', does: 'Play and pause' },
      { keys: '→', does: 'One fact forward' },
      { keys: '←', does: 'One fact back' },
      { keys: 'Shift+→', does: 'One second forward' },
      { keys: 'Shift+←', does: 'One second back' },
      { keys: 'Home', does: 'To the start' },
      { keys: 'End', does: 'To the end' },
      { keys: '<', does: 'Slower' },
      { keys: '>', does: 'Faster' },
      { keys: '[', does: 'To where the condition asked became true before' },
      { keys: ']', does: 'To where it becomes true next' },
    ],
  },
  {
    title: 'Canvas',
    keys: [
      { keys: 'Tab', does: 'To the drawing' },
      { keys: '→', does: 'On a node: to its neighbour, as all arrows' },
      { keys: 'K', does: 'On a node: to its next link, to cut or mend it' },
      { keys: 'Enter', does: 'Select the node' },
      { keys: 'Shift+→', does: 'Move the node, as all arrows' },
      { keys: 'Delete', does: 'Remove the node or link' },
      { keys: 'Esc', does: 'Select nothing' },
    ],
  },
  {
    title: 'Lanes',
    keys: [
      { keys: '+', does: 'Zoom in' },
      { keys: '-', does: 'Zoom out' },
      { keys: '0', does: 'The whole run' },
    ],
  },
  ...(viewKeys.length > 1 ? [{ title: 'Views', keys: viewKeys }] : []),
  { title: 'Page', keys: pageKeys },
  {
    title: 'Presenting',
    keys: [
      { keys: 'PageDown', does: 'To the next fault or action' },
      { keys: 'PageUp', does: 'To the one before' },
      { keys: 'Esc', does: 'Stop presenting' },
    ],
  },
]

export default function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" open onClose={onClose} width="wide">
      <div className={styles.groups}>
        {groups.map(({ title, keys }) => (
          <section key={title} className={styles.group}>
            <h3 className={styles.title}>{title}</h3>
            <dl className={styles.list}>
              {keys.map(({ keys: chord, does }) => (
                <div key={chord} className={styles.row}>
                  <dt>
                    <Kbd keys={chord} />
                  </dt>
                  <dd className={styles.does}>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
