/** One branch: its name, its line from the fork to the end of the run, and what was done there; renamed in place. */
import { type KeyboardEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { clockText } from '../base/clockText.ts'
import { type LiveSession, useVerbs } from '../session/react.tsx'
import { classes } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { CompareIcon, EditIcon, RemoveIcon, RerunIcon } from '../ui/icons.ts'
import { dismissToast, showToast } from '../ui/toast.ts'
import styles from './Branches.module.css'
import type { BranchRow as Row } from './branchTree.ts'
import { RenameField } from './RenameField.tsx'
import { fractionOf } from './scale.ts'
import { useEndUs } from './useRun.ts'

type BranchRowProps = {
  row: Row
  /** How many rows below its parent's. */
  below: number
  current: boolean
  tabIndex: number
  onFocus: () => void
  /** Shows this branch beside the open one; the open one beside what it came from. */
  onCompare?: ((branchId: string) => void) | undefined
}

export function BranchRow(props: BranchRowProps) {
  const { row, below, current, tabIndex, onFocus, onCompare } = props
  const verbs = useVerbs()
  const { branch, done } = row
  const [renaming, setRenaming] = useState(false)
  const forked = row.parentRow >= 0
  const item = useRef<HTMLLIElement>(null)
  const remove = () => {
    focusAbove(item.current)
    deleteWithUndo(verbs, branch.id, branch.name)
  }
  const endRenaming = (name: string | null, byKey: boolean) => {
    if (name !== null) verbs.renameBranch(branch.id, name)
    // The button must be there again before it can take the focus back.
    flushSync(() => setRenaming(false))
    if (byKey) switchOf(item.current)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'F2') setRenaming(true)
    else if (event.key === 'Delete' && forked) remove()
  }
  return (
    <li ref={item} className={classes(styles.row, current && styles.current)}>
      <div className={styles.head} style={{ paddingInlineStart: `${row.depth * 12}px` }}>
        {renaming ? (
          <RenameField name={branch.name} onEnd={endRenaming} />
        ) : (
          <button
            type="button"
            data-rove
            className={styles.switch}
            aria-current={current ? 'true' : undefined}
            aria-label={spokenName(row)}
            tabIndex={tabIndex}
            onFocus={onFocus}
            onClick={() => verbs.switchBranch(branch.id)}
            onKeyDown={onKeyDown}
          >
            <span className={styles.dot} />
            <span className={styles.name}>{branch.name}</span>
          </button>
        )}
        <span className={styles.actions}>
          {onCompare && (
            <IconButton
              icon={CompareIcon}
              label={current ? `Compare ${branch.name} with…` : `Compare with ${branch.name}`}
              size="small"
              onClick={() => onCompare(branch.id)}
            />
          )}
          <IconButton
            icon={RerunIcon}
            label={`Run ${branch.name} again with another seed`}
            size="small"
            onClick={() => verbs.rerunBranch(branch.id)}
          />
          <IconButton
            icon={EditIcon}
            label={`Rename ${branch.name}`}
            shortcut="F2"
            size="small"
            onClick={() => setRenaming(true)}
          />
          {forked && (
            <IconButton
              icon={RemoveIcon}
              label={`Delete ${branch.name}`}
              shortcut="Del"
              size="small"
              onClick={remove}
            />
          )}
        </span>
      </div>
      <Lane forkUs={branch.forkUs} below={forked ? below : 0} done={done} />
    </li>
  )
}

function spokenName({ branch, done }: Row): string {
  return done ? `${branch.name}: at ${clockText(branch.forkUs)} ${done}` : branch.name
}

/** The line; its label stands where there is more room, before or after the fork. */
function Lane({ forkUs, below, done }: { forkUs: number; below: number; done: string }) {
  const fork = fractionOf(forkUs, useEndUs())
  const label = done && `${done} · ${clockText(forkUs)}`
  return (
    <div className={styles.lane} aria-hidden="true">
      <span className={styles.line} style={{ left: `${fork * 100}%` }} />
      {below > 0 && (
        <span
          className={styles.elbow}
          style={{ left: `${fork * 100}%`, '--_below': below } as object}
        />
      )}
      {label && (
        <span
          className={classes(styles.done, fork > 0.55 && styles.before)}
          style={fork > 0.55 ? { right: `${(1 - fork) * 100}%` } : { left: `${fork * 100}%` }}
        >
          {label}
        </span>
      )}
    </div>
  )
}

function switchOf(item: Element | null | undefined): HTMLElement | null {
  return item?.querySelector<HTMLElement>('[data-rove]') ?? null
}

/** A branch that goes leaves the focus to the one above; the last one that goes, and the list with it, to the slider. */
function focusAbove(item: HTMLElement | null): void {
  const isLast = item?.parentElement?.children.length === 2
  const slider = item?.closest('section')?.querySelector<HTMLElement>('[role=slider]')
  const next = isLast ? slider : switchOf(item?.previousElementSibling)
  next?.focus({ preventScroll: true })
}

/** The toast's undo is the session's, so it is offered only until something else is done. */
function deleteWithUndo(verbs: LiveSession, id: string, name: string) {
  verbs.deleteBranch(id)
  const { branches, scenario } = verbs.store.getState()
  const stop = verbs.store.subscribe((state) => {
    if (state.branches === branches && state.scenario === scenario) return
    stop()
    dismissToast()
  })
  showToast(`Branch ${name} deleted.`, { label: 'Undo', onAct: () => verbs.undo() })
}
