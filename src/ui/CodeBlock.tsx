/** A program to read beside the run: numbered lines, of which those that just happened are lit and kept in view. */

import { useEffect, useRef } from 'react'
import styles from './CodeBlock.module.css'
import { classes } from './classes.ts'
import { type CodeLanguage, codeTokens } from './codeTokens.ts'
import { copyWords, useCopy } from './copy.ts'
import { IconButton } from './IconButton.tsx'
import { CopyIcon, DoneIcon } from './icons.ts'

export type CodeBlockProps = {
  /** Names the block: `Consumer in Python`. */
  label: string
  code: string
  language: CodeLanguage
  /** Numbers of the lit lines; the first line is 1. */
  lit?: readonly number[]
  /** Shows the label as the file's name above the lines. */
  caption?: string
}

const nothingLit: readonly number[] = []

export function CodeBlock({ label, code, language, lit = nothingLit, caption }: CodeBlockProps) {
  const { state, copy } = useCopy(code)
  const scroller = useRef<HTMLElement>(null)
  const firstLit = lit[0]
  useEffect(() => {
    if (firstLit !== undefined) bringIntoView(scroller.current, firstLit)
  }, [firstLit])
  return (
    <figure className={styles.block}>
      {caption && <figcaption className={styles.caption}>{caption}</figcaption>}
      <IconButton
        icon={state === 'copied' ? DoneIcon : CopyIcon}
        label={state === 'ready' ? `Copy ${label}` : copyWords[state]}
        size="small"
        className={styles.copy}
        tooltipPlacement="left"
        onClick={() => void copy()}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard */}
      <section ref={scroller} tabIndex={0} aria-label={label} className={styles.lines}>
        <pre>
          {code.split('\n').map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line's number is its identity
            <Line key={index} text={line} language={language} lit={lit.includes(index + 1)} />
          ))}
        </pre>
      </section>
      <span aria-live="polite" className="visually-hidden">
        {state === 'ready' ? '' : copyWords[state]}
      </span>
    </figure>
  )
}

function Line({ text, language, lit }: { text: string; language: CodeLanguage; lit: boolean }) {
  return (
    <span
      className={classes(styles.line, lit && styles.lit)}
      {...(lit ? { 'aria-current': 'step' } : {})}
    >
      {codeTokens(text, language).map((token, index) =>
        token.kind === 'plain' ? (
          token.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one line never move
          <span key={index} className={styles[token.kind]}>
            {token.text}
          </span>
        ),
      )}
      {'\n'}
    </span>
  )
}

/** Scrolls the block alone; `scrollIntoView` would scroll the page that embeds it as well. */
function bringIntoView(scroller: HTMLElement | null, lineNumber: number): void {
  const line = scroller?.querySelectorAll<HTMLElement>(`.${styles.line}`)[lineNumber - 1]
  if (!scroller || !line) return
  const top = line.offsetTop
  const above = top < scroller.scrollTop
  const below = top + line.offsetHeight > scroller.scrollTop + scroller.clientHeight
  if (above || below) scroller.scrollTop = top - scroller.clientHeight / 3
}
