/**
 * A plugin of all builds: writes the number in the place of `AMQP_FACTS.enqueued`, for every constant object of
 * integers. V8 decides by the length of a function whether to inline it, and looking such a number up takes ten bytes
 * of it, in a function that every message runs through a dozen times. The objects stay for who goes over them.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** `const NAME = {` up to `} as const`, at the beginning of a line. */
const OBJECT = /^(?:export )?const ([A-Z][A-Z_0-9]*) = \{(.*?)\} as const$/gms
const COMMENT = /\/\*.*?\*\/|\/\/[^\n]*/gs
const MEMBER = /^(\w+): (-?\d+)$/

/** @param {string} root @returns {import('vite').Plugin} */
export function numbersForNames(root) {
  const folder = join(root, 'src')
  /** @type {Map<string, Map<string, string>>} */
  const known = new Map()
  return {
    name: 'numbers-for-names',
    enforce: 'pre',
    buildStart() {
      for (const [name, members] of constantsIn(folder)) known.set(name, members)
    },
    transform(code, id) {
      if (!id.startsWith(folder) || !/\.tsx?$/.test(id)) return null
      const written = code.replace(/\b([A-Z][A-Z_0-9]*)\.(\w+)\b/g, (all, name, member) => {
        return known.get(name)?.get(member) ?? all
      })
      return written === code ? null : { code: written, map: null }
    },
  }
}

/**
 * All constant objects of integers under a folder, but for names that two files give to different ones.
 * @param {string} folder @returns {Map<string, Map<string, string>>}
 */
function constantsIn(folder) {
  /** @type {Map<string, Map<string, string>>} */
  const found = new Map()
  /** @type {Set<string>} */
  const twice = new Set()
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file) || file.includes('.spec.')) continue
    for (const [, name = '', body = ''] of readFileSync(join(folder, file), 'utf8').matchAll(OBJECT)) {
      const members = membersOf(body)
      if (found.has(name)) twice.add(name)
      if (members) found.set(name, members)
      else twice.add(name)
    }
  }
  for (const name of twice) found.delete(name)
  return found
}

/**
 * Name and number of each member; null if one is no integer.
 * @param {string} body @returns {Map<string, string> | null}
 */
function membersOf(body) {
  const members = new Map()
  for (const part of body.replace(COMMENT, '').split(',')) {
    const text = part.trim()
    if (text === '') continue
    const [, member, number] = MEMBER.exec(text) ?? []
    if (member === undefined || number === undefined) return null
    members.set(member, number)
  }
  return members
}
