/** What undo and redo go back and forth between: the documents before and after each change, and what it did. */

const UNDO_MAX = 200
/** Changes of the same thing that follow one another so closely are one step: a field that is stepped up and up. */
const SAME_STEP_MS = 1_200

/** A change, as a person names it. */
export interface Change {
  /** `crash worker-1`, `prefetch of worker` */
  does: string
  /** The same for changes that make one step where they follow closely on one another. */
  of?: string
}

interface Step<Document> extends Change {
  document: Document
}

export class Undo<Document> {
  private before: Step<Document>[] = []
  private after: Step<Document>[] = []
  private lastMs = Number.NEGATIVE_INFINITY
  /** What is being done in one step, and whether it is remembered already. */
  private together: { does: string; isKept: boolean } | null = null

  /** What the next undo takes back, or null. */
  get undoes(): string | null {
    return this.before.at(-1)?.does ?? null
  }
  get redoes(): string | null {
    return this.after.at(-1)?.does ?? null
  }

  /** All changes that this makes are one, of which the first knows what was before them. */
  inOneStep(does: string, change: () => void): void {
    this.together = { does, isKept: false }
    try {
      change()
    } finally {
      this.together = null
    }
  }

  /** The document is about to be changed. */
  remember(present: Document, ownChange: Change, nowMs: number): void {
    const { together } = this
    if (together?.isKept) return
    if (together) together.isKept = true
    const change: Change = together ? { does: together.does } : ownChange
    const last = this.before.at(-1)
    const isSame = change.of !== undefined && last?.of === change.of
    const isOneStep = isSame && this.after.length === 0 && nowMs - this.lastMs <= SAME_STEP_MS
    this.lastMs = nowMs
    this.after = []
    if (isOneStep) return
    this.before.push({ ...change, document: present })
    if (this.before.length > UNDO_MAX) this.before.shift()
  }

  /** The document before the last change, or null. */
  undo(present: Document): Document | null {
    return this.go(this.before, this.after, present)
  }

  redo(present: Document): Document | null {
    return this.go(this.after, this.before, present)
  }

  /** The latest document before now that is as asked for. */
  findLast(isWanted: (document: Document) => boolean): Document | null {
    return this.before.findLast(({ document }) => isWanted(document))?.document ?? null
  }

  clear(): void {
    this.before = []
    this.after = []
  }

  private go(from: Step<Document>[], to: Step<Document>[], present: Document): Document | null {
    const step = from.pop()
    if (step === undefined) return null
    this.lastMs = Number.NEGATIVE_INFINITY
    to.push({ ...step, document: present })
    return step.document
  }
}
