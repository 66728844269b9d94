/**
 * The person's own work, kept in this browser: every scenario that was changed or acted in, under an id
 * of its own. Opening something else never touches it.
 */
import { useSyncExternalStore } from 'react'
import type { SharedMoment } from '../../scenario/share/moment.ts'
import { forget, keep, onKeptElsewhere, readKept } from './browserStorage.ts'

/** A line of the list; the work itself is read when it is opened. */
export interface WorkEntry {
  id: string
  title: string
  branches: number
  timeUs: number
  savedAtMs: number
}

/** What was looked at last, whether or not it was changed. */
export interface LastSeen {
  fragment: string
  title: string
  timeUs: number
}

const listKey = 'works'
const lastKey = 'last'
const workKey = (id: string) => `work:${id}`
const workIdPattern = /^[\w-]{1,80}$/

export function newWorkId(): string {
  return `${Date.now().toString(36)}-${Math.floor(Math.random() * 36 ** 4).toString(36)}`
}

/** Keeps a moment as it was packed: whoever only lists work need not load how that is done. Whether there was room. */
export function saveWork(id: string, moment: SharedMoment, packed: unknown): boolean {
  if (!keep(workKey(id), packed)) return false
  const entry: WorkEntry = {
    id,
    title: moment.scenario.title,
    branches: moment.branches.length,
    timeUs: moment.timeUs,
    savedAtMs: Date.now(),
  }
  return replaceList([entry, ...readList().filter((other) => other.id !== id)])
}

/** The packed moment, or undefined where none is kept. */
export function readWork(id: string): unknown {
  return readKept(workKey(id))
}

/** Takes it from the list; returns how to put it back. */
export function removeWork(id: string): () => void {
  const kept = readKept(workKey(id))
  const before = readList()
  forget(workKey(id))
  replaceList(before.filter((entry) => entry.id !== id))
  return () => {
    if (kept !== undefined && keep(workKey(id), kept)) replaceList(before)
  }
}

export function saveLastSeen(last: LastSeen): void {
  keep(lastKey, last)
}

export function readLastSeen(): LastSeen | null {
  const last = readKept(lastKey)
  return isLastSeen(last) ? last : null
}

function isLastSeen(value: unknown): value is LastSeen {
  if (value === null || typeof value !== 'object') return false
  const { fragment, title, timeUs } = value as Partial<LastSeen>
  return typeof fragment === 'string' && typeof title === 'string' && typeof timeUs === 'number'
}

function isEntry(value: unknown): value is WorkEntry {
  if (value === null || typeof value !== 'object') return false
  const { id, title, branches, timeUs, savedAtMs } = value as Partial<WorkEntry>
  const isNamed = typeof id === 'string' && workIdPattern.test(id) && typeof title === 'string'
  return isNamed && [branches, timeUs, savedAtMs].every((each) => typeof each === 'number')
}

const nothing: readonly WorkEntry[] = []
let list: readonly WorkEntry[] | null = null
const listeners = new Set<() => void>()

function readList(): readonly WorkEntry[] {
  const kept = readKept(listKey)
  return Array.isArray(kept) ? kept.filter(isEntry) : nothing
}

function replaceList(next: readonly WorkEntry[]): boolean {
  const kept = keep(listKey, next)
  notify()
  return kept
}

function notify(): void {
  list = null
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  const stop = onKeptElsewhere(notify)
  return () => {
    listeners.delete(listener)
    stop()
  }
}

/** The list, the latest first, and kept up to date with other windows. */
export function useWorks(): readonly WorkEntry[] {
  return useSyncExternalStore(subscribe, () => {
    list ??= readList()
    return list
  })
}
