/** Share groups (MQTT 5.0, 4.8.2): whose turn it is. A group is a name together with a filter. */
import type { Archive } from '../../../engine/archive.ts'
import type { Records } from '../../../engine/records.ts'
import { readShare } from './topics.ts'

export class Shares {
  /** Sessions by interned `$share/group/filter`, next one first. */
  private readonly members = new Map<number, number[]>()
  private readonly records: Records
  constructor(records: Records) {
    this.records = records
  }

  /** The groups there are: filter with group, filter alone, sessions in turn. */
  *all(): Generator<{ id: number; name: string; filter: string; members: readonly number[] }> {
    for (const [id, members] of this.members) {
      const name = this.records.strings.text(id)
      const filter = readShare(name)?.filter
      if (filter !== undefined && members.length > 0) yield { id, name, filter, members }
    }
  }

  /** Called while a fact is applied. */
  join(name: string, session: number): void {
    const id = this.records.strings.id(name)
    const members = this.members.get(id) ?? []
    this.members.set(id, members)
    if (!members.includes(session)) members.push(session)
  }

  /** Called while a fact is applied. */
  leave(id: number, session: number): void {
    const members = this.members.get(id)
    const at = members?.indexOf(session) ?? -1
    if (at !== -1) members?.splice(at, 1)
    if (members?.length === 0) this.members.delete(id)
  }

  leaveAll(session: number): void {
    for (const id of [...this.members.keys()]) this.leave(id, session)
  }

  /** The first goes to the back. Called while a fact is applied. */
  turn(id: number): void {
    const members = this.members.get(id)
    const first = members?.shift()
    if (first !== undefined) members?.push(first)
  }

  archive(io: Archive): void {
    const flat = [...this.members].flatMap(([id, members]) => [id, members.length, ...members])
    io.list(flat)
    if (!io.loading) return
    this.members.clear()
    for (let i = 0; i < flat.length; ) {
      const [id, count] = [flat[i] as number, flat[i + 1] as number]
      this.members.set(id, flat.slice(i + 2, i + 2 + count))
      i += 2 + count
    }
  }
}
