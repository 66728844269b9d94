/**
 * What a place that keeps nothing still knows of what went through it: how often each subject was published to, and
 * what came last. The first subjects are told apart, the rest is counted together.
 */
import type { Archive } from '../../engine/archive.ts'

/** Subjects that are told apart. */
const SUBJECTS_MAX = 64

export interface SubjectSeen {
  /** Interned. */
  subject: number
  count: number
  /** Copies that went out of the last message, and that message. */
  copies: number
  lastMessage: number
  lastUs: number
}

export class SubjectsSeen {
  published = 0
  /** Messages of subjects that are not told apart. */
  others = 0
  private readonly bySubject = new Map<number, SubjectSeen>()

  /** A message was published. Called while a fact is applied. */
  see(subject: number, message: number, copies: number, nowUs: number): void {
    this.published++
    const known = this.bySubject.get(subject)
    if (known) {
      known.count++
      known.copies = copies
      known.lastMessage = message
      known.lastUs = nowUs
    } else if (this.bySubject.size < SUBJECTS_MAX) {
      this.bySubject.set(subject, {
        subject,
        count: 1,
        copies,
        lastMessage: message,
        lastUs: nowUs,
      })
    } else this.others++
  }

  /** In the order in which they were first seen. */
  get subjects(): readonly SubjectSeen[] {
    return [...this.bySubject.values()]
  }

  archive(io: Archive): void {
    this.published = io.int(this.published)
    this.others = io.int(this.others)
    const flat = this.subjects.flatMap(({ subject, count, copies, lastMessage, lastUs }) => [
      subject,
      count,
      copies,
      lastMessage,
      lastUs,
    ])
    io.list(flat)
    if (!io.loading) return
    this.bySubject.clear()
    for (let i = 0; i < flat.length; i += 5) {
      const [subject, count, copies, lastMessage, lastUs] = flat.slice(i, i + 5) as [
        number,
        number,
        number,
        number,
        number,
      ]
      this.bySubject.set(subject, { subject, count, copies, lastMessage, lastUs })
    }
  }
}
