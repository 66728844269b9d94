/** What undo and redo go back and forth between: the documents before and after each change. */

const UNDO_MAX = 200

export class Undo<Document> {
  private before: Document[] = []
  private after: Document[] = []

  get canUndo(): boolean {
    return this.before.length > 0
  }
  get canRedo(): boolean {
    return this.after.length > 0
  }

  /** The document is about to be changed. */
  remember(present: Document): void {
    this.before.push(present)
    if (this.before.length > UNDO_MAX) this.before.shift()
    this.after = []
  }

  /** The document before the last change, or null. */
  undo(present: Document): Document | null {
    const document = this.before.pop()
    if (document === undefined) return null
    this.after.push(present)
    return document
  }

  redo(present: Document): Document | null {
    const document = this.after.pop()
    if (document === undefined) return null
    this.before.push(present)
    return document
  }

  /** The latest document before now that is as asked for. */
  findLast(isWanted: (document: Document) => boolean): Document | null {
    return this.before.findLast(isWanted) ?? null
  }

  clear(): void {
    this.before = []
    this.after = []
  }
}
