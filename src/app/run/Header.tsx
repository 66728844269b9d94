/** The bar at the top: where one is, and what can be done with all of it. */
import { useSession, useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import {
  KeyboardIcon,
  MoreIcon,
  PresentIcon,
  RedoIcon,
  ShareIcon,
  UndoIcon,
} from '../../ui/icons.ts'
import { Menu, type MenuItem } from '../../ui/Menu.tsx'
import { ThemeMenu, useThemeItems } from '../ThemeMenu.tsx'
import { Wordmark } from '../Wordmark.tsx'
import styles from './Header.module.css'
import { ScenarioMenu } from './ScenarioMenu.tsx'
import type { OpenDialog } from './Screen.tsx'
import { redo, undo, undoLabel } from './undoing.ts'
import { useViewItems, ViewSwitch } from './ViewSwitch.tsx'

interface HeaderProps {
  narrow: boolean
  onDialog: (dialog: OpenDialog) => void
  onPresent: () => void
}

export function Header(props: HeaderProps) {
  return (
    <header className={styles.header}>
      <Wordmark iconOnly={props.narrow} />
      <span className={styles.divider} aria-hidden="true" />
      <h1 className={styles.title}>
        <ScenarioMenu />
      </h1>
      {props.narrow ? <NarrowActions {...props} /> : <WideActions {...props} />}
    </header>
  )
}

function WideActions({ onDialog, onPresent }: HeaderProps) {
  const verbs = useVerbs()
  const undoes = useSession((state) => state.undoes)
  const redoes = useSession((state) => state.redoes)
  return (
    <div className={styles.actions}>
      <ViewSwitch />
      <IconButton
        icon={UndoIcon}
        label={undoLabel('Undo', undoes)}
        shortcut="Ctrl+Z"
        aria-disabled={undoes === null}
        onClick={() => undo(verbs)}
      />
      <IconButton
        icon={RedoIcon}
        label={undoLabel('Redo', redoes)}
        shortcut="Ctrl+Shift+Z"
        aria-disabled={redoes === null}
        onClick={() => redo(verbs)}
      />
      <span className={styles.divider} aria-hidden="true" />
      <Button icon={ShareIcon} variant="ghost" onClick={() => onDialog('share')}>
        Share
      </Button>
      <Button icon={PresentIcon} variant="ghost" onClick={onPresent}>
        Present
      </Button>
      <ThemeMenu />
      <IconButton
        icon={KeyboardIcon}
        label="Keyboard"
        shortcut="?"
        onClick={() => onDialog('help')}
      />
    </div>
  )
}

function NarrowActions({ onDialog, onPresent }: HeaderProps) {
  const verbs = useVerbs()
  const undoes = useSession((state) => state.undoes)
  const redoes = useSession((state) => state.redoes)
  const themes = useThemeItems()
  const views = useViewItems()
  const items: MenuItem[] = [
    {
      id: 'undo',
      label: undoLabel('Undo', undoes),
      icon: UndoIcon,
      disabled: undoes === null,
      onSelect: () => undo(verbs),
    },
    {
      id: 'redo',
      label: undoLabel('Redo', redoes),
      icon: RedoIcon,
      disabled: redoes === null,
      onSelect: () => redo(verbs),
    },
    ...views,
    { id: 'present', label: 'Present', icon: PresentIcon, separated: true, onSelect: onPresent },
    { id: 'help', label: 'Keyboard', icon: KeyboardIcon, onSelect: () => onDialog('help') },
    ...themes.map((item, i) => (i === 0 ? { ...item, separated: true } : item)),
  ]
  return (
    <div className={styles.actions}>
      <IconButton icon={ShareIcon} label="Share" onClick={() => onDialog('share')} />
      <Menu
        label="More"
        items={items}
        placement="bottom-end"
        trigger={(trigger) => <IconButton icon={MoreIcon} label="More" {...trigger} />}
      />
    </div>
  )
}
